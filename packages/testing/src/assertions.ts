// The expectations as plain assertions, for every test runner: each throws an AssertionError that says why.
import { AssertionError } from 'node:assert/strict'
import type { Later, Level, Occurrence, Operation } from '@proprio/api'
import { haveEvent, haveNoErrors, haveNoOpenSpans, haveSpan, type Outcome } from './expectations/index.ts'
import type { EventChoice, SpanChoice, WireAttributes } from './expectations/types.ts'
import type { TestTelemetry } from './telemetry/index.ts'

/** There is a span of that operation, by its catalogue, its name or a pattern, with at least these attributes. */
export function assertSpan<A>(telemetry: TestTelemetry, which: Operation<A>, attributes?: Later<A>): void
export function assertSpan(telemetry: TestTelemetry, which: SpanChoice, attributes?: WireAttributes): void
export function assertSpan(telemetry: TestTelemetry, which: unknown, attributes?: WireAttributes): void {
  demand(haveSpan(telemetry, which, attributes))
}

export interface EventOptions {
  readonly level?: Level
}

/** There is an event of that occurrence, by its catalogue, its name or a pattern, with at least these attributes, and at that level. */
export function assertEvent<A>(
  telemetry: TestTelemetry,
  which: Occurrence<A>,
  attributes?: Later<A>,
  options?: EventOptions,
): void
export function assertEvent(
  telemetry: TestTelemetry,
  which: EventChoice,
  attributes?: WireAttributes,
  options?: EventOptions,
): void
export function assertEvent(
  telemetry: TestTelemetry,
  which: unknown,
  attributes?: WireAttributes,
  options?: EventOptions,
): void {
  demand(haveEvent(telemetry, which, attributes, options))
}

/** No span has failed. */
export const assertNoErrors = (telemetry: TestTelemetry): void => demand(haveNoErrors(telemetry))

/** Every span has ended. */
export const assertNoOpenSpans = (telemetry: TestTelemetry): void => demand(haveNoOpenSpans(telemetry))

function demand({ pass, message, actual, expected }: Outcome): void {
  if (pass) return
  throw new AssertionError({ message: message(), actual, expected, operator: 'telemetry', stackStartFn: demand })
}
