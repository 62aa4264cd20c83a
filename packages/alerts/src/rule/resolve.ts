// Rule stage: a rule as it is written becomes one that can be evaluated, or an error that names the field and the reason. A rule that could never fire, or
// never stop, is one of those.
import { AlertsError } from '../errors.ts'
import { durationMs } from './duration.ts'
import {
  type Condition,
  measureStatistics,
  operationStatistics,
  type ResolvedRule,
  type Rule,
  type Threshold,
} from './rule.ts'

export interface ResolveOptions {
  /** How often rules are evaluated, in milliseconds: a shorter window would miss what happens between. */
  readonly intervalMs: number
}

const fields: readonly string[] = [
  'name',
  'when',
  'warn',
  'error',
  'below',
  'clear',
  'window',
  'for',
  'keepFiringFor',
  'minimumSamples',
  'absent',
  'by',
  'labels',
  'annotations',
  'runbook',
]

/** @throws AlertsError PROPRIO_ALERTS_BAD_RULE for the first field that cannot be */
export function resolveRules(rules: readonly unknown[], options: ResolveOptions): readonly ResolvedRule[] {
  const resolved = rules.map((rule, index) => resolveRule(rule, options, `rules[${index}]`))
  const seen = new Map<string, number>()
  for (const [
    index,
    {
      rule: { name },
    },
  ] of resolved.entries()) {
    const other = seen.get(name)
    if (other !== undefined)
      throw bad(
        `rules[${index}].name`,
        `${JSON.stringify(name)} is the name of rules[${other}] too`,
        'Give each rule a name of its own.',
      )
    seen.set(name, index)
  }
  return resolved
}

/** @throws AlertsError PROPRIO_ALERTS_BAD_RULE for the first field that cannot be */
export function resolveRule(given: unknown, { intervalMs }: ResolveOptions, path = 'rule'): ResolvedRule {
  if (!isObject(given)) throw bad(path, `is ${kindOf(given)}`, 'Give an object: { name, when, warn, error }.')
  const unknown = Object.keys(given).find((key) => !fields.includes(key))
  if (unknown !== undefined) throw bad(`${path}.${unknown}`, 'is no field of a rule', `There are ${fields.join(', ')}.`)
  const rule = given as unknown as Rule
  if (typeof rule.name !== 'string' || !/^[A-Za-z][\w.-]{0,127}$/.test(rule.name))
    throw bad(
      `${path}.name`,
      `${JSON.stringify(rule.name)} is no name`,
      'Give letters, digits, and _ . - between them, a letter first.',
    )
  const when = condition(rule.when, `${path}.when`)
  const windowMs = duration(rule.window ?? '5m', `${path}.window`)
  if (windowMs < intervalMs)
    throw bad(
      `${path}.window`,
      `is shorter than the ${intervalMs} ms between two evaluations`,
      'Give a longer one, or evaluate more often.',
    )
  const shared = {
    rule: rule.name,
    below: flag(rule.below ?? false, `${path}.below`),
    forMs: duration(rule.for ?? '0s', `${path}.for`),
    keepFiringMs: duration(rule.keepFiringFor ?? '0s', `${path}.keepFiringFor`),
    minimumSamples: samples(rule.minimumSamples ?? defaultSamples(when), `${path}.minimumSamples`),
    absent: oneOf(['ignore', 'fire', 'resolve'] as const, rule.absent ?? 'resolve', `${path}.absent`),
    labels: texts(rule.labels ?? {}, `${path}.labels`),
    annotations: {
      ...texts(rule.annotations ?? {}, `${path}.annotations`),
      ...(rule.runbook !== undefined && { runbook_url: text(rule.runbook, `${path}.runbook`) }),
    },
  }
  return {
    rule,
    when,
    windowMs,
    by: names(rule.by ?? [], `${path}.by`),
    thresholds: thresholds(rule, when, shared, path),
  }
}

type Shared = Omit<Threshold, 'severity' | 'limit' | 'clear'>

function thresholds(rule: Rule, when: Condition, shared: Shared, path: string): readonly Threshold[] {
  const share = rule.clear ?? 0.9
  if (!(share > 0 && share <= 1))
    throw bad(`${path}.clear`, `is ${String(rule.clear)}`, 'Give a share of the limit above 0 and up to 1.')
  const made = (['warn', 'error'] as const).flatMap((severity): Threshold[] => {
    const given = rule[severity]
    if (given === undefined) return []
    const value = limit(given, when, `${path}.${severity}`)
    return [{ ...shared, severity, limit: value, clear: clearOf(value, share, shared.below) }]
  })
  const [first, second] = made
  if (first === undefined) throw bad(path, 'has no limit', 'Give warn, error, or both.')
  if (second && (shared.below ? second.limit >= first.limit : second.limit <= first.limit))
    throw bad(
      `${path}.warn`,
      `is not reached before error`,
      `Give a warn ${shared.below ? 'above' : 'below'} the error.`,
    )
  return made
}

// Nearer to zero for a limit from above, farther for one from below, whatever the sign.
const clearOf = (limit: number, share: number, below: boolean): number => {
  const distance = Math.abs(limit) * (1 - share)
  return below ? limit + distance : limit - distance
}

function condition(given: unknown, path: string): Condition {
  if (!isObject(given))
    throw bad(path, `is ${kindOf(given)}`, 'Give { operation, statistic } or { measure, statistic }.')
  if ('operation' in given === 'measure' in given)
    throw bad(path, 'says neither an operation nor a measure, or both', 'Give one of them.')
  if ('measure' in given) {
    const statistic = oneOf(measureStatistics, given['statistic'] ?? 'last', `${path}.statistic`)
    return { measure: text(given['measure'], `${path}.measure`), statistic }
  }
  const { operation } = given
  if (!isObject(operation))
    throw bad(`${path}.operation`, `is ${kindOf(operation)}`, 'Give { type }, { layer } or { catalogue }.')
  const said = Object.entries(operation).filter(([, value]) => value !== undefined)
  for (const [key, value] of said) {
    if (!['catalogue', 'type', 'layer'].includes(key))
      throw bad(`${path}.operation.${key}`, 'does not choose operations', 'There are type, layer and catalogue.')
    text(value, `${path}.operation.${key}`)
  }
  if (said.length === 0) throw bad(`${path}.operation`, 'says nothing', 'Give { type }, { layer } or { catalogue }.')
  return {
    operation: Object.fromEntries(said),
    statistic: oneOf(operationStatistics, given['statistic'], `${path}.statistic`),
  }
}

const inSeconds: ReadonlySet<string> = new Set(['p50', 'p90', 'p95', 'p99', 'max', 'mean', 'absence'])
const ofMany: ReadonlySet<string> = new Set(['p50', 'p90', 'p95', 'p99', 'mean', 'errorRatio'])

const isDuration = (when: Condition): boolean => 'operation' in when && inSeconds.has(when.statistic)

const defaultSamples = (when: Condition): number =>
  'operation' in when && ofMany.has(when.statistic) ? 20 : when.statistic === 'absence' ? 0 : 1

function limit(given: unknown, when: Condition, path: string): number {
  if (typeof given === 'number' && Number.isFinite(given)) return given
  const ms = isDuration(when) ? durationMs(given) : undefined
  if (ms !== undefined) return ms / 1000
  const mend = isDuration(when)
    ? "Give seconds, or a text such as '500ms', '30s', '5m'."
    : 'Give a number in the unit of what is measured.'
  throw bad(path, `${typeof given === 'string' ? JSON.stringify(given) : String(given)} is no limit`, mend)
}

function duration(given: unknown, path: string): number {
  const ms = durationMs(given)
  if (ms === undefined)
    throw bad(path, `${JSON.stringify(given)} is no duration`, "Give a text such as '500ms', '30s', '5m', '1h'.")
  return ms
}

function samples(given: unknown, path: string): number {
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0) return given
  throw bad(path, `is ${String(given)}`, 'Give a whole number from 0.')
}

function flag(given: unknown, path: string): boolean {
  if (typeof given === 'boolean') return given
  throw bad(path, `is ${kindOf(given)}`, 'Give true or false.')
}

function text(given: unknown, path: string): string {
  if (typeof given === 'string' && given !== '') return given
  throw bad(path, `is ${given === '' ? 'empty' : kindOf(given)}`, 'Give a text.')
}

function names(given: unknown, path: string): readonly string[] {
  if (!Array.isArray(given)) throw bad(path, `is ${kindOf(given)}`, 'Give a list of attribute names.')
  return given.map((name: unknown, index) => text(name, `${path}[${index}]`))
}

function texts(given: unknown, path: string): Readonly<Record<string, string>> {
  if (!isObject(given)) throw bad(path, `is ${kindOf(given)}`, 'Give an object of texts.')
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, text(value, `${path}.${key}`)]))
}

function oneOf<Known extends string>(known: readonly Known[], given: unknown, path: string): Known {
  const found = known.find((one) => one === given)
  if (found !== undefined) return found
  throw bad(
    path,
    `is ${typeof given === 'string' ? JSON.stringify(given) : kindOf(given)}`,
    `Give one of ${known.join(', ')}.`,
  )
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const kindOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'undefined'
        ? 'missing'
        : `a ${typeof value}`

const bad = (path: string, problem: string, mend: string): AlertsError =>
  new AlertsError('PROPRIO_ALERTS_BAD_RULE', path, problem, mend)
