// Rule stage: what a rule is. Plain data, so that it can be written in a catalogue, in register(), or over the network, and printed for Prometheus.

/** `500ms`, `30s`, `5m`, `1h`. */
export type DurationText = `${number}${'ms' | 's' | 'm' | 'h'}`

/** Which operations: those of a type, of a layer, of a catalogue, or of all that are said. */
export interface OperationChoice {
  readonly catalogue?: string
  readonly type?: string
  readonly layer?: string
}

/** Of the operations that ended in the window. Durations are in seconds, `rate` is per second, `absence` the seconds since the last one ended. */
export const operationStatistics = [
  'p50',
  'p90',
  'p95',
  'p99',
  'max',
  'mean',
  'rate',
  'count',
  'failures',
  'errorRatio',
  'absence',
] as const
export type OperationStatistic = (typeof operationStatistics)[number]

/** Of the values measured in the window, in the measure's unit; `increase` of a counter, `rate` per second. */
export const measureStatistics = ['last', 'mean', 'max', 'min', 'increase', 'rate'] as const
export type MeasureStatistic = (typeof measureStatistics)[number]

/** What a rule looks at. */
export type Condition =
  | { readonly operation: OperationChoice; readonly statistic: OperationStatistic }
  | { readonly measure: string; readonly statistic?: MeasureStatistic }

/** A limit: a number in the statistic's unit; of durations also a text. */
export type Limit = number | DurationText

export interface Rule {
  /** Unique. */
  readonly name: string
  readonly when: Condition
  /** From where on it warns. At least one of the two limits. */
  readonly warn?: Limit
  /** From where on it is an error: beyond `warn`. */
  readonly error?: Limit
  /** Fires below its limits instead of above. Default false. */
  readonly below?: boolean
  /** While it fires, the share of the limit at which it is over. Default 0.9; 1 is no hysteresis. Below: the inverse. */
  readonly clear?: number
  /** Over which time. Default `'5m'`. */
  readonly window?: DurationText
  /** How long it must be so before it fires. Default `'0s'`. */
  readonly for?: DurationText
  /** How long it goes on firing after it is no longer so. Default `'0s'`. */
  readonly keepFiringFor?: DurationText
  /** With fewer in the window nothing is said. Default 20 for quantiles, `mean` and `errorRatio`, else 1. */
  readonly minimumSamples?: number
  /** What it means that nothing comes any more: nothing changes, it fires, or it is over. Never zero. Default `'resolve'`. */
  readonly absent?: 'ignore' | 'fire' | 'resolve'
  /** Attributes, by their names on the wire, each combination of whose values is an alert of its own. Default none. */
  readonly by?: readonly string[]
  readonly labels?: Readonly<Record<string, string>>
  /** `summary`, `description`, and what else is to be told. `{value}`, `{limit}` and `{label}` of any label are filled in. */
  readonly annotations?: Readonly<Record<string, string>>
  /** Where it says what to do. */
  readonly runbook?: string
}

export type Severity = 'warn' | 'error'

/** One limit of a rule, with everything worked out: durations in milliseconds, limits in the statistic's unit. */
export interface Threshold {
  readonly rule: string
  readonly severity: Severity
  readonly limit: number
  /** Where it is over while it fires. */
  readonly clear: number
  readonly below: boolean
  readonly forMs: number
  readonly keepFiringMs: number
  readonly minimumSamples: number
  readonly absent: 'ignore' | 'fire' | 'resolve'
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

/** A rule, checked: what it watches, and its one or two thresholds. */
export interface ResolvedRule {
  readonly rule: Rule
  readonly when: Condition
  readonly windowMs: number
  readonly by: readonly string[]
  readonly thresholds: readonly Threshold[]
}
