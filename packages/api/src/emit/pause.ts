// The pause between two attempts, and the host's signal that ends it. What is called a signal may be anything, and must not keep the work from being done.
import { count } from '../bind/slot.ts'
import { optional } from '../value/read.ts'

/** A timer's own limit; past it Node takes 1 ms. */
const longestTimerMs = 2 ** 31 - 1

/** What stops the attempts. By its shape: an `AbortSignal` of another realm, a test's DOM, is one too. */
export interface Stop {
  aborted(): boolean
  reason(): unknown
  /** Hears of the abort. Returns how to stop hearing. */
  hear(cancel: () => void): () => void
}

/** The signal as it is read here; what is none, or cannot be read, never stops anything. */
export function stopOf(signal: unknown): Stop | undefined {
  const listens = (verb: string): boolean => typeof optional(signal, verb) === 'function'
  if (typeof optional(signal, 'aborted') !== 'boolean' || !listens('addEventListener')) return undefined
  const target = signal as AbortSignal
  const listening = (verb: 'addEventListener' | 'removeEventListener', cancel: () => void): void => {
    try {
      target[verb]('abort', cancel)
    } catch {
      count('internal_error')
    }
  }
  return {
    aborted: () => optional(target, 'aborted') === true,
    reason: () => optional(target, 'reason'),
    hear(cancel) {
      listening('addEventListener', cancel)
      return () => listening('removeEventListener', cancel)
    },
  }
}

const nothing = (): void => {}

/** Waits `ms`; rejects with the reason as soon as it is aborted. */
export function pause(ms: number, stop: Stop | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stop?.aborted()) {
      reject(stop.reason())
      return
    }
    let forget = nothing
    const timer = setTimeout(
      () => {
        forget()
        resolve()
      },
      Math.min(ms, longestTimerMs) || 0,
    )
    forget =
      stop?.hear(() => {
        clearTimeout(timer)
        forget()
        reject(stop.reason())
      }) ?? forget
  })
}
