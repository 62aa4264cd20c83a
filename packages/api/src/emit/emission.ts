// Running an operation: the host's function runs exactly once, whatever happens to us.
import type { Scope } from '../bind/scope.ts'
import { count, type Gate, slot } from '../bind/slot.ts'
import { severityOf } from '../levels.ts'
import { type Execution, inertExecution, RunningOperation } from './execution.ts'
import type { OperationPlan } from './operation-plan.ts'
import type { EmitOptions } from './options.ts'
import { endWith } from './result.ts'

export interface Emission {
  readonly plan: OperationPlan
  readonly gate: Gate
}

/** The operation that was begun, or undefined where nothing listens, the layer is off, or beginning it failed. */
export function begin(
  { plan, gate }: Emission,
  values: unknown,
  options: EmitOptions | undefined,
  durationMs?: number,
): RunningOperation | undefined {
  if (gate.minimum === Infinity || !listens(plan.scope)) return undefined
  try {
    return new RunningOperation(plan, values, options, durationMs)
  } catch {
    count('internal_error')
    return undefined
  }
}

function listens(scope: Scope): boolean {
  try {
    return scope.bound().listening
  } catch {
    count('internal_error')
    return false
  }
}

export function run<R>(
  emission: Emission,
  values: unknown,
  options: EmitOptions | undefined,
  fn: (op: Execution<never>) => R,
): R {
  if (emission.gate.minimum > severityOf.info) return runUnseen(emission, values, options, fn)
  const operation = begin(emission, values, options)
  return operation === undefined ? fn(inertExecution) : runIn(operation, fn)
}

/** Runs `fn` in the operation and ends it with what comes of it. */
export function runIn<R>(operation: RunningOperation, fn: (op: Execution<never>) => R): R {
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

// The layer is switched to warn or above: only a failure is told, afterwards.
function runUnseen<R>(
  emission: Emission,
  values: unknown,
  options: EmitOptions | undefined,
  fn: (op: Execution<never>) => R,
): R {
  if (emission.gate.minimum === Infinity) return fn(inertExecution)
  const begun = slot.clock.now()
  const tell = (error: unknown): never => {
    tellPast(emission, values, { ...options, error, durationMs: slot.clock.now() - begun })
    throw error
  }
  let result: R
  try {
    result = fn(inertExecution)
  } catch (error) {
    return tell(error)
  }
  return result instanceof Promise ? (result.catch(tell) as R) : result
}

/** An operation that is over: began `durationMs` ago, or at `at`. */
export function tellPast(
  emission: Emission,
  values: unknown,
  options: EmitOptions & { readonly durationMs: number },
): void {
  const durationMs = Number.isFinite(options.durationMs) ? Math.max(0, options.durationMs) : 0
  if (emission.gate.minimum > severityOf.info && options.error === undefined) return
  begin(emission, values, options, durationMs)?.end(durationMs)
}
