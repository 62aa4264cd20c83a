// Recorder stage: what one test has caused, in the order in which it began and came.
import { type LogRecord, milliseconds, millisecondsBetween, type SpanRecord, type StartedSpan } from '@proprio/store'
import { emittedByTests, type EmittedNotes } from '../coverage/emitted.ts'
import type { MetricSeries } from '../telemetry/series.ts'
import { type Measurement, seriesOf } from './measured.ts'
import { since } from './since.ts'
import type { Ambiguity, Baseline, Observables } from './observables.ts'
import type { TestClock } from './virtual-clock.ts'
import { immediately, later, notLater } from './timers.ts'

/** A span that has begun and not ended; read when asked for, so it is always what it is by then. */
export type OpenSpan = StartedSpan

const ends = (span: OpenSpan | SpanRecord): number => ('end' in span ? milliseconds(span.end) : Infinity)

/** Everything that was claimed for one test. */
export class Recording {
  /** Whether other tests ran beside it. */
  hadCompany = false
  /** Whether its test has ended. */
  isOver = false
  clock: TestClock | undefined
  baseline: Baseline
  readonly #observables: Observables | undefined
  readonly #emitted: EmittedNotes
  readonly #open = new Map<string, OpenSpan>()
  // Most tests need none of these.
  #waiting: Set<() => void> | undefined
  #adrift: Map<string, readonly string[]> | undefined
  #spans: SpanRecord[] = []
  #logs: LogRecord[] = []
  #measurements: Measurement[] = []
  #sent: readonly MetricSeries[] = []
  #sentBefore: readonly MetricSeries[] = []
  #order = new Map<string, number>()
  #inOrder: readonly SpanRecord[] | undefined

  constructor(observables?: Observables, emitted: EmittedNotes = emittedByTests) {
    this.#observables = observables
    this.#emitted = emitted
    this.baseline = observables?.baseline() ?? new Map()
  }

  started(span: OpenSpan): void {
    // A span without a parent inside an open one: perhaps its context was lost on the way.
    if (this.#open.size > 0 && span.parentSpanId === undefined)
      (this.#adrift ??= new Map()).set(
        span.spanId,
        Array.from(this.#open.values(), ({ name }) => name),
      )
    this.#order.set(span.spanId, this.#order.size)
    this.#open.set(span.spanId, span)
  }

  ended(span: SpanRecord): void {
    this.#open.delete(span.spanId)
    this.#spans.push(span)
    this.#emitted.span(span)
    this.#inOrder = undefined
    if (this.#open.size === 0) for (const told of this.#waiting ?? []) told()
  }

  log(record: LogRecord): void {
    this.#logs.push(record)
    this.#emitted.log(record)
  }

  measurement(measurement: Measurement): void {
    this.#measurements.push(measurement)
    this.#emitted.metric(measurement.instrument)
  }

  /** Series of another process, as far as they have been sent. */
  measured(series: readonly MetricSeries[]): void {
    this.#sent = series
    for (const one of series) this.#emitted.metric(one)
  }

  /** Those that have ended, in the order in which they began. */
  get spans(): readonly SpanRecord[] {
    return (this.#inOrder ??= this.#spans.toSorted((one, other) => this.#compare(one, other)))
  }

  /** Those that have begun, ended or not, in that order. */
  get begun(): readonly (SpanRecord | OpenSpan)[] {
    if (this.#open.size === 0) return this.spans
    return [...this.#spans, ...this.#open.values()].toSorted((one, other) => this.#compare(one, other))
  }

  get logs(): readonly LogRecord[] {
    return [...this.#logs]
  }

  get series(): readonly MetricSeries[] {
    // An instrument that is asked emits when somebody asks.
    const observed = this.#observables?.seenBy(this).series ?? []
    for (const one of observed) this.#emitted.metric(one)
    return [...seriesOf(this.#measurements), ...observed, ...since(this.#sentBefore, this.#sent)]
  }

  /** Instruments of which it cannot be said what this test did to them. */
  get ambiguous(): readonly Ambiguity[] {
    return this.#observables?.seenBy(this).ambiguous ?? []
  }

  get open(): readonly OpenSpan[] {
    return [...this.#open.values()]
  }

  /** Whether that span has begun in it. */
  has(spanId: string | undefined): boolean {
    return spanId !== undefined && this.#order.has(spanId)
  }

  /** What was open when that span began without a parent. */
  adrift(spanId: string): readonly string[] | undefined {
    return this.#adrift?.get(spanId)
  }

  /** Forgets what has ended; what is open stays, and is there when it ends. */
  clear(): void {
    this.#spans = []
    this.#inOrder = undefined
    this.#logs = []
    this.#measurements = []
    this.#sentBefore = this.#sent
    this.#adrift = undefined
    this.#order = new Map([...this.#open.keys()].map((spanId, index) => [spanId, index]))
    this.baseline = this.#observables?.baseline() ?? new Map()
  }

  /** Resolves with true when no span is open and none is begun in the next turn, with false after so many milliseconds. */
  async settled(timeoutMs: number): Promise<boolean> {
    const { promise: late, resolve } = Promise.withResolvers<boolean>()
    const timer = later(() => resolve(false), timeoutMs)
    try {
      let quiet = false
      while (!quiet) {
        if (this.#open.size > 0 && !(await Promise.race([this.#noneOpen(), late]))) return false
        await immediately()
        quiet = this.#open.size === 0
      }
      await this.#observables?.settled(this)
      return true
    } finally {
      notLater(timer)
    }
  }

  #noneOpen(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const told = (): void => resolve(true)
    const waiting = (this.#waiting ??= new Set())
    waiting.add(told)
    return promise.finally(() => waiting.delete(told))
  }

  // Of a span of another process only its end was seen: it is told by the times that it brings.
  #compare(one: OpenSpan, other: OpenSpan): number {
    const first = this.#order.get(one.spanId)
    const second = this.#order.get(other.spanId)
    if (first !== undefined && second !== undefined) return first - second
    return millisecondsBetween(other.start, one.start) || ends(other) - ends(one)
  }
}
