// Tries again. The pause between attempts belongs to the destination and not to the batch: when one batch is given up
// the next one waits as long, so that a receiver that is down never sees a queue hurled at it.
import type { Clock, RetryOptions } from '../options.ts'
import type { Answer, Transport } from './transport.ts'

export interface RetryingOptions extends RetryOptions {
  readonly clock: Clock
  /** What the warnings call the destination. */
  readonly destination: string
  warn(message: string): void
}

/** A destination that comes and goes is told of this often at most. */
const tellEveryMs = 60_000

/** A pause that can be cut short and ended. */
interface Pause {
  readonly over: Promise<void>
  shorten(): void
  end(): void
}

export function retrying(transport: Transport, options: RetryingOptions): Transport {
  const { clock, destination, warn, firstMs, mostMs, ageMs } = options
  let failures = 0
  let pause: Pause | undefined
  let probe: Promise<void> | undefined
  let toldAt = -Infinity
  let told = false
  const tell = (message: string): void => {
    try {
      warn(`${destination}: ${message}`)
    } catch {
      // A logger that throws is no reason to lose a batch.
    }
  }
  const failed = (answer: Answer & { kind: 'retry' }): void => {
    failures += 1
    const wait = Math.min(firstMs * 2 ** (failures - 1), mostMs) * (0.5 + clock.random() / 2)
    // A pause that the receiver asked for is not cut short.
    pause = pauseOf(answer.afterMs ?? wait, answer.afterMs === undefined ? firstMs : Infinity)
    if (told || clock.now() - toldAt < tellEveryMs) return
    told = true
    toldAt = clock.now()
    tell(`${answer.why}; trying again, nothing is lost yet`)
  }
  const reached = (): void => {
    if (told) tell(`reached again after ${failures} failed attempts`)
    told = false
    failures = 0
    pause = undefined
  }
  const attempt = async (body: Uint8Array, signal: AbortSignal, since: number): Promise<Answer> => {
    const before = pause
    const answer = await transport.send(body, signal, since)
    if (answer.kind === 'retry') {
      // Requests that were under way together fail together: that is one failure of the destination.
      if (pause === before) failed(answer)
    } else if (answer.kind !== 'aborted') reached()
    return answer
  }
  /** After a failure one request goes first, when the pause is over; the others wait for what becomes of it. */
  const probed = async (after: Pause, ...request: Parameters<Transport['send']>): Promise<Answer> => {
    const { promise, resolve } = Promise.withResolvers<void>()
    probe = promise
    try {
      await after.over
      return request[1].aborted ? { kind: 'aborted' } : await attempt(...request)
    } finally {
      probe = undefined
      resolve()
    }
  }
  const stop = (): void => pause?.end()
  return {
    async send(body, signal, since) {
      signal.addEventListener('abort', stop)
      try {
        for (;;) {
          if (probe !== undefined) {
            await probe
            continue
          }
          if (signal.aborted) return { kind: 'aborted' }
          const answer = await (pause === undefined ? attempt(body, signal, since) : probed(pause, body, signal, since))
          if (answer.kind !== 'retry') return answer
          if (clock.now() - since >= ageMs) return { kind: 'exhausted', why: answer.why }
        }
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
    hurry() {
      pause?.shorten()
      transport.hurry()
    },
    close: transport.close,
  }
}

function pauseOf(ms: number, shortMs: number): Pause {
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  let timer = setTimeout(end, ms).unref()
  let long = ms > shortMs
  return {
    over,
    end,
    shorten() {
      if (!long) return
      long = false
      clearTimeout(timer)
      timer = setTimeout(end, shortMs).unref()
    },
  }
}
