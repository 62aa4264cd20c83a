// Requests a second of an empty fastify route with three signals on, interleaved.
import autocannon from 'autocannon'
import { startReceiver } from '../../receiver/client.ts'
import type { Case } from '../case.ts'
import { spread } from '../rounds.ts'
import { startApp } from './app.ts'

const rounds = 10
const seconds = 2
const connections = 20

export const requests: Case = {
  number: 7,
  async run() {
    const receiver = await startReceiver({ discard: true })
    const servers = await Promise.all(['ours', 'stock'].map((kind) => startApp(kind, receiver.url)))
    const rates: [number[], number[]] = [[], []]
    try {
      for (const { url } of servers) await load(url)
      for (let round = 0; round < rounds; round++) {
        for (const index of round % 2 === 0 ? [0, 1] : [1, 0]) {
          const url = servers[index]?.url
          if (url) rates[index]?.push(await load(url))
        }
      }
    } finally {
      await Promise.all([...servers.map(({ stop }) => stop()), receiver.stop()])
    }
    const [ours, stock] = rates.map(spread)
    const best = rates.map((values) => Math.max(...values))
    return [
      {
        number: 7,
        work: 'requests a second of a fastify route, three signals on',
        against: 'stock NodeSDK with instrumentation-http',
        ratio: {
          minimum: (best[0] ?? 0) / (best[1] ?? 1),
          median: (ours?.median ?? 0) / (stock?.median ?? 1),
        },
        ours: `${ours?.median.toFixed(0)} /s`,
        theirs: `${stock?.median.toFixed(0)} /s`,
        must: { value: 1, above: true },
        aim: { value: 1.15, above: true },
      },
    ]
  },
}

async function load(url: string): Promise<number> {
  const { requests, errors, non2xx } = await autocannon({ url, duration: seconds, connections })
  if (errors > 0 || non2xx > 0) throw new Error(`${url}: ${errors} errors, ${non2xx} other answers`)
  return requests.average
}
