// State stage: an alert, as people and sinks are told of it.
import type { Severity } from '../rule/rule.ts'
import type { Example } from '../window/series.ts'
import type { Change } from './machine.ts'

/** One threshold of a rule, for one combination of labels. Times are Unix milliseconds. */
export interface Alert {
  readonly rule: string
  readonly severity: Severity
  /** Equal for the same rule, severity and labels, also after a restart. */
  readonly fingerprint: string
  readonly state: 'pending' | 'firing'
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly value: number | undefined
  readonly limit: number
  /** Samples in the window. */
  readonly samples: number
  readonly activeAt: number
  readonly firedAt: number | undefined
  /** The worst operation of the window. */
  readonly example: Example | undefined
}

/** What has changed at an evaluation. Of a resolved alert what it was last. */
export interface AlertChange {
  readonly change: Change
  readonly at: number
  readonly alert: Alert
}
