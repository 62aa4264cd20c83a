// Recorder stage: what one test has caused, in the order in which it began and came.
import type { LogRecord, SpanRecord, StartedSpan } from '@proprio/store'

/** A span that has begun and not ended; read when asked for, so it is always what it is by then. */
export type OpenSpan = StartedSpan

/** Everything that was claimed for one test. */
export class Recording {
  readonly #open = new Map<string, OpenSpan>()
  readonly #waiting = new Set<() => void>()
  #spans: SpanRecord[] = []
  #logs: LogRecord[] = []
  #order = new Map<string, number>()

  started(span: OpenSpan): void {
    this.#order.set(span.spanId, this.#order.size)
    this.#open.set(span.spanId, span)
  }

  ended(span: SpanRecord): void {
    this.#open.delete(span.spanId)
    this.#spans.push(span)
    if (this.#open.size === 0) for (const told of this.#waiting) told()
  }

  log(record: LogRecord): void {
    this.#logs.push(record)
  }

  /** Those that have ended, in the order in which they began. */
  get spans(): readonly SpanRecord[] {
    return this.#spans.toSorted((one, other) => this.#begun(one) - this.#begun(other))
  }

  get logs(): readonly LogRecord[] {
    return [...this.#logs]
  }

  get open(): readonly OpenSpan[] {
    return [...this.#open.values()]
  }

  /** Forgets what has ended; what is open stays, and is there when it ends. */
  clear(): void {
    this.#spans = []
    this.#logs = []
    this.#order = new Map([...this.#open.keys()].map((spanId, index) => [spanId, index]))
  }

  /** Resolves with true when no span is open, with false after so many milliseconds. */
  settled(timeoutMs: number): Promise<boolean> {
    if (this.#open.size === 0) return Promise.resolve(true)
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const told = (): void => resolve(true)
    const timer = setTimeout(() => resolve(false), timeoutMs)
    this.#waiting.add(told)
    return promise.finally(() => {
      clearTimeout(timer)
      this.#waiting.delete(told)
    })
  }

  #begun({ spanId }: SpanRecord): number {
    return this.#order.get(spanId) ?? Infinity
  }
}
