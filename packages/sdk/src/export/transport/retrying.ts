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
  const failed = (answer: Answer & { kind: 'retry' }): void => {
    failures += 1
    if (failures === 1) warn(`${destination}: ${answer.why}; trying again, nothing is lost yet`)
    const wait = Math.min(firstMs * 2 ** (failures - 1), mostMs) * (0.5 + clock.random() / 2)
    // A pause that the receiver asked for is not cut short.
    pause = pauseOf(answer.afterMs ?? wait, answer.afterMs === undefined ? firstMs : Infinity)
  }
  const reached = (): void => {
    if (failures > 0) warn(`${destination}: reached again after ${failures} failed attempts`)
    failures = 0
    pause = undefined
  }
  const stop = (): void => pause?.end()
  return {
    async send(body, signal, since) {
      signal.addEventListener('abort', stop)
      try {
        for (;;) {
          await pause?.over
          if (signal.aborted) return { kind: 'aborted' }
          const answer = await transport.send(body, signal, since)
          if (answer.kind === 'aborted') return answer
          if (answer.kind !== 'retry') {
            reached()
            return answer
          }
          failed(answer)
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
