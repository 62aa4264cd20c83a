// The code under stress: what a test does, through things that all tests of a file share and each of which mixes up contexts in its own way.
import { EventEmitter } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'
import { trace } from '@opentelemetry/api'
import { stress } from './catalogue.ts'

/** A bus whose listener is of no test. */
const bus = new EventEmitter()
bus.on('heard', (of: string) => stress.within({ of }, () => stress.task.hear({}, () => undefined)))

/** A queue whose worker runs in the context of whichever test has woken it, and learns by a message's traceparent whose that is. */
interface Message {
  readonly of: string
  readonly traceparent: string
  taken(): void
}
const queue: Message[] = []
let working = false

async function work(): Promise<void> {
  working = true
  for (let message = queue.shift(); message; message = queue.shift()) {
    const { of, traceparent, taken } = message
    await stress.within({ of }, () =>
      stress.task.take({}, { parent: { traceparent } }, async () => {
        stress.task.units.add(1)
        await nextTurn()
      }),
    )
    taken()
  }
  working = false
}

function send(of: string): Promise<void> {
  return stress.task.send({}, (op) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    queue.push({ of, traceparent: op.traceparent ?? '', taken: resolve })
    if (!working) void work()
    return promise
  })
}

/** Fewer sockets than tests: each is handed from one test to the next. */
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 })
const server = http.createServer(({ url = '' }, response) => {
  stress.within({ of: url.slice(1) }, () =>
    stress.task.answer({}, async () => {
      await nextTurn()
      response.end('done')
    }),
  )
})
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve)
})
const { port } = server.address() as AddressInfo

function ask(of: string): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .get({ agent, host: '127.0.0.1', port, path: `/${of}` }, (response) => {
        trace
          .getTracer('foreign')
          .startSpan('answered', { attributes: { 'stress.of': of } })
          .end()
        response.resume().on('end', resolve)
      })
      .on('error', reject)
  })
}

export function close(): void {
  agent.destroy()
  server.close()
}

async function part(): Promise<void> {
  await stress.task.part({}, async () => {
    stress.task.weight.record(1)
    await new Promise<void>((resolve) => void process.nextTick(resolve))
    stress.task.done({})
  })
}

async function step(of: string, number: number, seed: number): Promise<void> {
  await delay((seed * (number + 1)) % 5)
  await stress.task.step({ number }, async () => {
    await nextTurn()
    await part()
    bus.emit('heard', of)
    await new Promise<void>((resolve) => void setTimeout(() => void part().then(resolve), (seed + number) % 4))
    stress.task.units.add(seed)
  })
}

/** Whether a test asks the server too: a request costs as much as all its other work. */
export const asks = (seed: number): boolean => seed % 4 === 0

/** What one test does. `seed` is a number of its own, by which its timers and its measurements differ from those of its neighbours. */
export function run(of: string, seed: number): Promise<void> {
  return stress.within({ of }, () =>
    stress.task.run({}, async () => {
      await Promise.all([step(of, 0, seed), step(of, 1, seed), send(of), asks(seed) && ask(of), step(of, 2, seed)])
    }),
  )
}
