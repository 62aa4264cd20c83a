// What can be expected, as types: once for vitest's matchers, where the subject stands in `expect()`, and for plain assertions, where it is the first argument.
import type { ContextIds, Level, Link, Occurrence, Operation } from '@proprio/api'
import type { LogRecord, SpanKind, SpanRecord, SpanStatus } from '@proprio/store'
import type { TestEvent } from './telemetry/event.ts'
import type { MetricSeries } from './telemetry/series.ts'
import type {
  AnyCatalogue,
  AnyOccurrence,
  AnyOperation,
  Choice,
  ContextOf,
  Expected,
  ExpectedDimensions,
  ExpectedOfOperation,
  MeasureEmitter,
  WireAttributes,
} from './target/types.ts'

export interface LevelOptions {
  readonly level?: Level
}

/** A number, a range of them, or a matcher. */
export type ExpectedNumber =
  | number
  | { readonly atLeast?: number; readonly atMost?: number }
  | { asymmetricMatch(actual: unknown): boolean }

export interface MetricExpectation<Dimensions = WireAttributes> {
  /** Only series with at least these dimensions count. */
  readonly dimensions?: Dimensions
  /** A counter's sum in this test, a gauge's last value. */
  readonly value?: ExpectedNumber
  /** How many measurements there were. */
  readonly count?: ExpectedNumber
  /** The sum of all measurements. */
  readonly sum?: ExpectedNumber
  /** By how much a counter has grown in this test. */
  readonly increasedBy?: ExpectedNumber
  /** Quantiles by their share, `{ 0.95: { atMost: 2 } }`: of the measurements by nearest rank, of buckets interpolated. */
  readonly quantile?: Readonly<Record<number, ExpectedNumber>>
}

/** One span of an expected trace. What is not said is not looked at. */
export interface ExpectedTrace {
  /** Which span: an operation of a catalogue, a name, a pattern of it, or a function. */
  readonly span: AnyOperation | Choice<SpanRecord>
  /** Its kind: `internal`, `server`, `client`, `producer` or `consumer`. */
  readonly kind?: SpanKind
  /** Its status: `unset`, as of what succeeds, `ok` or `error`. */
  readonly status?: SpanStatus['code']
  /** Its `error.type`, or a part of its message; `false`: it has not failed. */
  readonly error?: string | RegExp | false
  /** At least these: by the operation's keys, otherwise by their names on the wire. */
  readonly attributes?: WireAttributes
  /** Events on it, at least these, by their names. */
  readonly events?: readonly (AnyOccurrence | string | RegExp)[]
  /** At least these children, in any order. Each recorded one answers for one of them only. */
  readonly children?: readonly ExpectedTrace[]
  /** How often exactly its parent has such a child; 0: never. Default: at least once. Not for the top of the tree, which has no parent. */
  readonly times?: number
  /** Whether it and those below it may have no other children than these. Default false, or as above it. */
  readonly exact?: boolean
  /** Whether children, of it and of those below it, must begin in this order. Default false, or as above it. */
  readonly ordered?: boolean
}

/** What of a tree that is written out does not go with its operations: attributes that they lack or of another type, and keys that no tree has. */
type TypedTrace<T> = {
  readonly [Key in keyof T]: Key extends 'attributes'
    ? T extends { readonly span: Operation<infer A> }
      ? Only<T[Key], ExpectedOfOperation<A>>
      : T[Key]
    : Key extends 'children'
      ? TypedTraces<T[Key]>
      : Key extends keyof ExpectedTrace
        ? T[Key]
        : { error: 'no such key of a tree' }
}
/** Of a list whose length is not known what stands in it is mixed up, and looked at when it is asked. */
type TypedTraces<T> = T extends { readonly length: infer Length }
  ? number extends Length
    ? T
    : { readonly [Index in keyof T]: TypedTrace<T[Index]> }
  : T
type Only<Given, Known> = Known & {
  readonly [Key in Exclude<keyof Given, keyof Known>]: { error: 'no such attribute' }
}

interface HaveTrace<S extends unknown[], R> {
  <const T extends ExpectedTrace>(...args: [...subject: S, tree: T & TypedTrace<T>]): R
}
interface HaveSpan<S extends unknown[], R> {
  (...args: [...subject: S, which: Choice<SpanRecord>, attributes?: WireAttributes]): R
  <A>(...args: [...subject: S, which: Operation<A>, attributes?: ExpectedOfOperation<A>]): R
}
interface HaveSpans<S extends unknown[], R> {
  (...args: [...subject: S, count: number, which?: Choice<SpanRecord>, attributes?: WireAttributes]): R
  <A>(...args: [...subject: S, count: number, which: Operation<A>, attributes?: ExpectedOfOperation<A>]): R
}
interface HaveAttributes<S extends unknown[], R> {
  (...args: [...subject: S, attributes: WireAttributes]): R
  <A>(...args: [...subject: S, of: Operation<A>, attributes: ExpectedOfOperation<A>]): R
  <A>(...args: [...subject: S, of: Occurrence<A>, attributes: Expected<A>]): R
}
interface HaveEvent<S extends unknown[], R> {
  (...args: [...subject: S, which: Choice<TestEvent>, attributes?: WireAttributes, options?: LevelOptions]): R
  <A>(...args: [...subject: S, which: Occurrence<A>, attributes?: Expected<A>, options?: LevelOptions]): R
}
interface HaveLog<S extends unknown[], R> {
  (...args: [...subject: S, which: Choice<LogRecord>, attributes?: WireAttributes, options?: LevelOptions]): R
  <A>(...args: [...subject: S, which: Occurrence<A>, attributes?: Expected<A>, options?: LevelOptions]): R
}
interface HaveMetric<S extends unknown[], R> {
  (...args: [...subject: S, which: Choice<MetricSeries>, expected?: MetricExpectation]): R
  <A>(...args: [...subject: S, which: Operation<A>, expected?: MetricExpectation<ExpectedOfOperation<A>>]): R
  <A>(...args: [...subject: S, which: Occurrence<A>, expected?: MetricExpectation<Expected<A>>]): R
  <D>(...args: [...subject: S, which: MeasureEmitter<D>, expected?: MetricExpectation<ExpectedDimensions<D>>]): R
}
interface HaveContext<S extends unknown[], R> {
  (...args: [...subject: S, ids: ContextIds]): R
  <C extends AnyCatalogue>(...args: [...subject: S, catalogue: C, context: ContextOf<C>]): R
}
type ErrorClass = abstract new (...args: never[]) => Error
/** By `traceparent` also one that has not ended (an execution is such a link), or is of another process. */
type AnotherSpan = SpanRecord | AnyOperation | Choice<SpanRecord> | Link
type Related<S extends unknown[], R> = (...args: [...subject: S, other: AnotherSpan]) => R
type Plain<S extends unknown[], R, Args extends unknown[] = []> = (...args: [...subject: S, ...Args]) => R

/** Everything that can be expected. `S` is the subject, where it is an argument; `R` what is answered. */
export interface Signatures<S extends unknown[], R> {
  /** There is a span of that operation or name, with at least these attributes. */
  toHaveSpan: HaveSpan<S, R>
  /** There are exactly so many spans, or so many of that operation or name with at least these attributes. */
  toHaveSpans: HaveSpans<S, R>
  /** There is a span with children like these. A subset, siblings in any order, unless `exact`, `ordered` or `times` say more. */
  toHaveTrace: HaveTrace<S, R>
  /** That span is the parent of this one. */
  toBeChildOf: Related<S, R>
  /** That span is above this one, however far. */
  toBeDescendantOf: Related<S, R>
  /** This span has a link to that one. */
  toBeLinkedTo: Related<S, R>
  /** The span has this status, and a message that is or matches this. */
  toHaveStatus: Plain<S, R, [code: SpanStatus['code'], message?: string | RegExp]>
  /** The span, event or log record has at least these attributes: by the emitter's keys where one is given. */
  toHaveAttributes: HaveAttributes<S, R>
  /** The span is of this kind. */
  toHaveKind: Plain<S, R, [kind: SpanKind]>
  /** There is an event of that occurrence or name, a log record or an event of a span, with at least these attributes, at that level. */
  toHaveEvent: HaveEvent<S, R>
  /** There is a log record of that text or occurrence, with at least these attributes, at that level. */
  toHaveLog: HaveLog<S, R>
  /** An exception was recorded: any, of that class, or whose type or message is, contains or matches that. */
  toHaveException: Plain<S, R, [which?: ErrorClass | string | RegExp]>
  /** It was measured, with these numbers: by this test alone, whatever others measure at the same time. */
  toHaveMetric: HaveMetric<S, R>
  /** The operation took longer than its catalogue allows. */
  toBeSlow: Plain<S, R>
  /** There is nothing at level error or above: no operation has failed unexpectedly, and no occurrence says an error. */
  toHaveNoErrors: Plain<S, R>
  /** Every span that has begun has ended. */
  toHaveNoOpenSpans: Plain<S, R>
  /** Every event type that was emitted is of one of these catalogues; without any, of whichever the process knows. */
  toHaveNoUnknownEvents: Plain<S, R, AnyCatalogue[]>
  /** What the catalogue's scope has emitted is what it describes: names, types, units, required attributes, and OpenTelemetry's rules for names. */
  toConformTo: Plain<S, R, [catalogue: AnyCatalogue]>
  /** The span, event or log record, or each of the telemetry, carries these ids of `withContext()`, or that context of a catalogue. */
  toHaveContext: HaveContext<S, R>
  /** None of these values is in any signal: plain, encoded, or as a part of something longer. */
  toLeakNothing: Plain<S, R, [canaries: readonly string[]]>
  /** The catalogue breaks nothing that its recorded contract promises. The file is made when it is not there. */
  toKeepContract: Plain<S, R, [file: string | URL]>
}

export type Expectation = keyof Signatures<[], void>
