// State stage: one alert's state from one evaluation to the next, as Prometheus has it: inactive, pending for a while, firing, firing on for a while, and
// inactive again. Two things come on top: a firing alert is over only past its clear limit, and one that comes and goes is held longer each time.
import type { Threshold } from '../rule/rule.ts'

/** Inactive is not being here. Times are Unix milliseconds. */
export interface Standing {
  readonly state: 'pending' | 'firing'
  /** Since when it is so. */
  readonly activeAt: number
  readonly firedAt?: number
  /** Since when it is no longer so and fires on. */
  readonly quietAt?: number
  readonly value: number | undefined
}

/** What one evaluation has found: a value, that nothing is said, or that nothing comes any more. */
export type Finding = { readonly value: number } | 'silent' | 'absent'

export type Change = 'pending' | 'firing' | 'resolved'

export interface Step {
  readonly standing: Standing | undefined
  /** Undefined when the state stays what it is; a pending alert that goes says nothing. */
  readonly change?: Change
}

export interface StepOptions {
  /** Nothing fires yet: the first evaluation after a start. */
  readonly tooEarly?: boolean
  /** How much longer it is held, for one that comes and goes. Default 1. */
  readonly damping?: number
}

export function step(
  before: Standing | undefined,
  threshold: Threshold,
  finding: Finding,
  at: number,
  options: StepOptions = {},
): Step {
  const active = isActive(before, threshold, finding)
  if (active === undefined) return { standing: before }
  const value = typeof finding === 'object' ? finding.value : before?.value
  return active ? goOn(before, threshold, value, at, options) : calm(before, threshold, value, at, options)
}

// Undefined: nothing is known, so nothing changes.
function isActive(
  before: Standing | undefined,
  { limit, clear, below, absent }: Threshold,
  finding: Finding,
): boolean | undefined {
  if (finding === 'silent') return before === undefined ? false : undefined
  if (finding === 'absent') return absent === 'ignore' ? undefined : absent === 'fire'
  const { value } = finding
  const bound = before?.state === 'firing' ? clear : limit
  return below ? value < bound : value > bound
}

function goOn(
  before: Standing | undefined,
  { forMs }: Threshold,
  value: number | undefined,
  at: number,
  { tooEarly = false }: StepOptions,
): Step {
  if (before?.state === 'firing') {
    const { quietAt: _over, ...firing } = before
    return { standing: { ...firing, value } }
  }
  const activeAt = before?.activeAt ?? at
  if (!tooEarly && at - activeAt >= forMs)
    return { standing: { state: 'firing', activeAt, firedAt: at, value }, change: 'firing' }
  return { standing: { state: 'pending', activeAt, value }, ...(before === undefined && { change: 'pending' }) }
}

function calm(
  before: Standing | undefined,
  { keepFiringMs }: Threshold,
  value: number | undefined,
  at: number,
  { damping = 1 }: StepOptions,
): Step {
  if (before?.state !== 'firing') return { standing: undefined }
  const quietAt = before.quietAt ?? at
  if (at - quietAt < keepFiringMs * damping) return { standing: { ...before, quietAt, value } }
  return { standing: undefined, change: 'resolved' }
}
