// State stage: rules over samples. Samples are put into the windows of those rules that watch them, which is all that the process's own work pays for; what
// they mean is worked out when rules are evaluated. Time comes from outside with every call.
import type { OperationChoice, ResolvedRule, Threshold } from '../rule/rule.ts'
import { OperationWindow, type Reading, ValueWindow } from '../window/series.ts'
import type { Alert, AlertChange } from './alert.ts'
import { filled, fingerprintOf, type Labels } from './identity.ts'
import { type Finding, type Standing, step } from './machine.ts'

type Attributes = Readonly<Record<string, unknown>>

/** An operation that has ended. */
export interface OperationSample {
  readonly catalogue: string
  readonly type: string
  readonly layer: string
  /** Unix milliseconds of its end. */
  readonly at: number
  readonly seconds: number
  readonly failed: boolean
  readonly attributes: Attributes
  readonly ids?: { readonly traceId: string; readonly spanId: string }
}

/** A measure's value. */
export interface MeasureSample {
  readonly name: string
  readonly at: number
  readonly value: number
  readonly attributes: Attributes
}

export interface EngineOptions {
  readonly rules: readonly ResolvedRule[]
  /** Unix milliseconds of the start. */
  readonly now: number
  /** How often it will be evaluated: a longer step is a jump of the clock. */
  readonly intervalMs: number
  /** Identities of all rules together. What is more is counted and not watched. Default 10,000. */
  readonly maxIdentities?: number
}

export interface Engine {
  operation(sample: OperationSample): void
  measure(sample: MeasureSample): void
  /** Everything at once; what has changed by it. */
  evaluate(now: number): readonly AlertChange[]
  /** Those that are pending or firing. */
  alerts(): readonly Alert[]
  /** Identities that are watched, and samples of such as could not be. */
  counts(): { readonly identities: number; readonly overflowed: number }
}

export function createEngine({ rules, now, intervalMs, maxIdentities = 10_000 }: EngineOptions): Engine {
  const watches = rules.map((rule) => new Watch(rule, now))
  const byOperation = new Map<string, readonly Watch[]>()
  const byMeasure = Map.groupBy(
    watches.filter(({ rule }) => 'measure' in rule.when),
    ({ rule }) => ('measure' in rule.when ? rule.when.measure : ''),
  )
  let identities = 0
  let overflowed = 0
  let evaluatedAt: number | undefined
  const admit = (): boolean => {
    if (identities < maxIdentities) {
      identities++
      return true
    }
    overflowed++
    return false
  }
  const watching = (sample: OperationSample): readonly Watch[] => {
    const key = `${sample.catalogue}\n${sample.type}\n${sample.layer}`
    const known = byOperation.get(key)
    if (known) return known
    const found = watches.filter(({ rule }) => 'operation' in rule.when && isChosen(sample, rule.when.operation))
    byOperation.set(key, found)
    return found
  }
  return {
    operation(sample) {
      for (const watch of watching(sample)) watch.operation(sample, admit)
    },
    measure(sample) {
      if (!Number.isFinite(sample.value)) return
      for (const watch of byMeasure.get(sample.name) ?? []) watch.measure(sample, admit)
    },
    evaluate(at) {
      // What a machine slept through, or a clock was set by, is not time in which something was so.
      const jumped = evaluatedAt === undefined ? 0 : leap(at - evaluatedAt, intervalMs)
      const tooEarly = evaluatedAt === undefined
      evaluatedAt = at
      return watches.flatMap((watch) => watch.evaluate(at, jumped, tooEarly))
    },
    alerts: () => watches.flatMap((watch) => watch.alerts()),
    counts: () => ({ identities, overflowed }),
  }
}

/** Steps that are no jump, as a share of the interval: timers are late on a busy machine. */
const lateAtMost = 3

const leap = (elapsed: number, intervalMs: number): number =>
  elapsed < 0 || elapsed > lateAtMost * intervalMs ? elapsed - intervalMs : 0

const isChosen = (sample: OperationSample, { catalogue, type, layer }: OperationChoice): boolean =>
  (catalogue === undefined || catalogue === sample.catalogue) &&
  (type === undefined || type === sample.type) &&
  (layer === undefined || layer === sample.layer)

interface Identity {
  readonly labels: Labels
  readonly operations: OperationWindow | undefined
  readonly values: ValueWindow | undefined
  /** By threshold. */
  readonly standings: (Standing | undefined)[]
  reading: Reading | undefined
  /** Whether anything has ever come. */
  seen: boolean
}

/** One rule with all its identities. */
class Watch {
  readonly rule: ResolvedRule
  readonly #start: number
  readonly #identities = new Map<string, Identity>()

  constructor(rule: ResolvedRule, now: number) {
    this.rule = rule
    this.#start = now
    // What is to be missed has to be waited for from the beginning.
    if (rule.when.statistic === 'absence' && rule.by.length === 0) this.#identities.set('', this.#made({}))
  }

  operation({ at, seconds, failed, attributes, ids }: OperationSample, admit: () => boolean): void {
    const identity = this.#identity(attributes, admit)
    if (identity === undefined) return
    identity.seen = true
    identity.operations?.add(at, seconds, failed, ids)
  }

  measure({ at, value, attributes }: MeasureSample, admit: () => boolean): void {
    const identity = this.#identity(attributes, admit)
    if (identity === undefined) return
    identity.seen = true
    identity.values?.add(at, value)
  }

  evaluate(at: number, jumped: number, tooEarly: boolean): readonly AlertChange[] {
    const changes: AlertChange[] = []
    for (const identity of this.#identities.values()) {
      const reading = this.#read(identity, at)
      identity.reading = reading
      this.rule.thresholds.forEach((threshold, index) => {
        const before = moved(identity.standings[index], jumped)
        const { standing, change } = step(before, threshold, findingOf(reading, threshold, identity.seen), at, {
          tooEarly,
        })
        identity.standings[index] = standing
        const told = standing ?? before
        if (change && told) changes.push({ change, at, alert: this.#alert(identity, threshold, told) })
      })
    }
    return changes
  }

  alerts(): readonly Alert[] {
    return [...this.#identities.values()].flatMap((identity) =>
      this.rule.thresholds.flatMap((threshold, index) => {
        const standing = identity.standings[index]
        return standing ? [this.#alert(identity, threshold, standing)] : []
      }),
    )
  }

  #read(identity: Identity, at: number): Reading {
    const { when } = this.rule
    if ('operation' in when) return identity.operations?.read(when.statistic, at) ?? nothing
    return identity.values?.read(when.statistic ?? 'last', at) ?? nothing
  }

  #identity(attributes: Attributes, admit: () => boolean): Identity | undefined {
    const { by } = this.rule
    const key = by.length === 0 ? '' : by.map((name) => labelText(attributes[name])).join('\n')
    const known = this.#identities.get(key)
    if (known !== undefined) return known
    if (!admit()) return undefined
    const made = this.#made(Object.fromEntries(by.map((name) => [name, labelText(attributes[name])])))
    this.#identities.set(key, made)
    return made
  }

  #made(labels: Labels): Identity {
    const { when, windowMs } = this.rule
    return {
      labels,
      operations: 'operation' in when ? new OperationWindow(windowMs, this.#start) : undefined,
      values: 'measure' in when ? new ValueWindow(windowMs) : undefined,
      standings: [],
      reading: undefined,
      seen: false,
    }
  }

  #alert({ labels, reading }: Identity, threshold: Threshold, standing: Standing): Alert {
    const all = { ...threshold.labels, ...labels }
    const values = { ...all, value: standing.value, limit: threshold.limit }
    return {
      rule: threshold.rule,
      severity: threshold.severity,
      fingerprint: fingerprintOf(threshold.rule, threshold.severity, all),
      state: standing.state,
      labels: all,
      annotations: Object.fromEntries(
        Object.entries(threshold.annotations).map(([name, template]) => [name, filled(template, values)]),
      ),
      value: standing.value,
      limit: threshold.limit,
      samples: reading?.samples ?? 0,
      activeAt: standing.activeAt,
      firedAt: standing.firedAt,
      example: reading?.worst,
    }
  }
}

const nothing: Reading = { value: undefined, samples: 0, worst: undefined }

const labelText = (value: unknown): string => (value === undefined ? '' : String(value))

function findingOf({ value, samples }: Reading, { minimumSamples }: Threshold, seen: boolean): Finding {
  if (samples === 0 && minimumSamples > 0) return seen ? 'absent' : 'silent'
  return value === undefined || samples < minimumSamples ? 'silent' : { value }
}

// As if the clock had always been where it is now.
const moved = (standing: Standing | undefined, by: number): Standing | undefined =>
  standing === undefined || by === 0
    ? standing
    : {
        ...standing,
        activeAt: standing.activeAt + by,
        ...(standing.firedAt !== undefined && { firedAt: standing.firedAt + by }),
        ...(standing.quietAt !== undefined && { quietAt: standing.quietAt + by }),
      }
