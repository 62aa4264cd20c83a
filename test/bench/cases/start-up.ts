// What is added to the start of a fastify application, from the process's start to its first listening socket. Built packages, as they are installed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Case } from '../case.ts'
import { type Spread, spread } from '../rounds.ts'

const app = fileURLToPath(new URL('../apps/start.ts', import.meta.url))
const rounds = 15
const kinds = ['bare', 'ours', 'stock'] as const
type Kind = (typeof kinds)[number]

export const startUp: Case = {
  number: 5,
  async run() {
    const taken: Record<Kind, number[]> = { bare: [], ours: [], stock: [] }
    for (const kind of kinds) await start(kind)
    for (let round = 0; round < rounds; round++) for (const kind of kinds) taken[kind].push(await start(kind))
    const bare = spread(taken.bare)
    const ours = added(spread(taken.ours), bare)
    const stock = added(spread(taken.stock), bare)
    return [
      {
        number: 5,
        work: 'start of a fastify application: what register() adds',
        against: 'what NodeSDK with instrumentation-http adds',
        ratio: { minimum: ours.minimum / stock.minimum, median: ours.median / stock.median },
        ours: `${ours.median.toFixed(0)} ms`,
        theirs: `${stock.median.toFixed(0)} ms`,
        must: { value: 0.6 },
        aim: { value: 0.3 },
      },
    ]
  },
}

const added = (whole: Spread, bare: Spread): Spread => ({
  minimum: whole.minimum - bare.minimum,
  median: whole.median - bare.median,
})

async function start(kind: Kind): Promise<number> {
  const before = performance.now()
  const child = spawn(process.execPath, [app, kind], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  const took = performance.now() - before
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
  return took
}
