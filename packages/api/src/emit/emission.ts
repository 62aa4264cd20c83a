// Running an operation: the host's function runs exactly once, whatever happens to us.
import type { Scope } from '../bind/scope.ts'
import { count, type Gate } from '../bind/slot.ts'
import { severityOf } from '../levels.ts'
import { optional } from '../value/read.ts'
import { type Execution, inertExecution, type Running } from './execution.ts'
import type { OperationPlan } from './operation-plan.ts'
import type { EmitOptions } from './options.ts'
import { QuietOperation } from './quiet-operation.ts'
import { endWith } from './result.ts'
import { RunningOperation } from './running-operation.ts'

export interface Emission {
  readonly plan: OperationPlan
  readonly gate: Gate
}

/** Whether anything can come of an emission: its layer is on, and something listens. */
export function isHeard(minimum: number, scope: Scope): boolean {
  if (minimum === Infinity) return false
  try {
    return scope.bound().listening
  } catch {
    count('internal_error')
    return false
  }
}

/** The operation that was begun, or undefined where nothing listens, the layer is off, or beginning it failed. */
export function begin(
  { plan, gate: { minimum } }: Emission,
  values: unknown,
  options: EmitOptions | undefined,
  durationMs?: number,
): Running | undefined {
  if (minimum === Infinity) return undefined
  try {
    const bound = plan.scope.bound()
    if (!bound.listening) return undefined
    return minimum > severityOf.info
      ? new QuietOperation(plan, minimum, values, options)
      : new RunningOperation(plan, bound, values, options, durationMs)
  } catch {
    count('internal_error')
    return undefined
  }
}

export function run<R>(
  emission: Emission,
  values: unknown,
  options: EmitOptions | undefined,
  fn: (op: Execution<never>) => R,
): R {
  const operation = begin(emission, values, options)
  return operation === undefined ? fn(inertExecution) : runIn(operation, fn)
}

/** Runs `fn` in the operation and ends it with what comes of it. */
export function runIn<R>(operation: Running, fn: (op: Execution<never>) => R): R {
  let result: R
  try {
    result = operation.run(fn)
  } catch (error) {
    operation.fail(error)
    operation.end()
    throw error
  }
  return endWith(operation, result)
}

/** The longest duration that is believed: a year. Milliseconds. */
export const longestMs = 366 * 24 * 3600 * 1000

/** An operation that is over: began `durationMs` ago, or at `at`. */
export function tellPast(emission: Emission, values: unknown, options: unknown): void {
  const given = optional(options, 'durationMs')
  const durationMs = typeof given === 'number' && given >= 0 ? Math.min(given, longestMs) : 0
  begin(emission, values, options as EmitOptions | undefined, durationMs)?.end(durationMs)
}
