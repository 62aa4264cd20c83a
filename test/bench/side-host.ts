// The process that runs one side: sets it up, then times it whenever it is asked to.
import type { SideModule, Timing } from './side.ts'

const [name = '', endpoint = ''] = process.argv.slice(2)

async function timed(side: SideModule, times: number): Promise<Timing> {
  globalThis.gc?.()
  const cpuBefore = process.cpuUsage()
  const before = process.hrtime.bigint()
  const counted = await side.run(times)
  const wall = (counted ?? Number(process.hrtime.bigint() - before)) / times
  await side.settle?.()
  const { user, system } = process.cpuUsage(cpuBefore)
  return { wall, cpu: ((user + system) * 1000) / times }
}

async function answer(work: () => Promise<object>): Promise<void> {
  try {
    process.send?.(await work())
  } catch (error) {
    process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

const side = (await import(`./sides/${name}.ts`)) as SideModule
process.on('message', ({ times }: { times: number }) => void answer(async () => ({ timing: await timed(side, times) })))
await answer(async () => {
  await side.setup(endpoint)
  return {}
})
