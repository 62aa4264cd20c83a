// The expectations as vitest's matchers, typed from the catalogue.
import type { Later, Occurrence, Operation } from '@proprio/api'
import { expect } from 'vitest'
import type { EventOptions } from '../assertions.ts'
import { haveEvent, haveNoErrors, haveNoOpenSpans, haveSpan } from '../expectations/index.ts'
import type { EventChoice, SpanChoice, WireAttributes } from '../expectations/types.ts'
import type { TestTelemetry } from '../telemetry/index.ts'

interface HaveSpan<R> {
  /** There is a span of that operation, with at least these attributes. */
  <A>(which: Operation<A>, attributes?: Later<A>): R
  /** There is a span of that name, with at least these attributes. */
  (which: SpanChoice, attributes?: WireAttributes): R
}

interface HaveEvent<R> {
  /** There is an event of that occurrence, with at least these attributes, at that level. */
  <A>(which: Occurrence<A>, attributes?: Later<A>, options?: EventOptions): R
  /** There is an event of that name, with at least these attributes, at that level. */
  (which: EventChoice, attributes?: WireAttributes, options?: EventOptions): R
}

declare module 'vitest' {
  // Named as vitest names them, or the two interfaces are not one.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    toHaveSpan: HaveSpan<R>
    toHaveEvent: HaveEvent<R>
    /** No span has failed. */
    toHaveNoErrors: () => R
    /** Every span has ended. */
    toHaveNoOpenSpans: () => R
  }
}

expect.extend({
  toHaveSpan: (telemetry: unknown, which: unknown, attributes?: WireAttributes) =>
    haveSpan(told(telemetry), which, attributes),
  toHaveEvent: (telemetry: unknown, which: unknown, attributes?: WireAttributes, options?: EventOptions) =>
    haveEvent(told(telemetry), which, attributes, options),
  toHaveNoErrors: (telemetry: unknown) => haveNoErrors(told(telemetry)),
  toHaveNoOpenSpans: (telemetry: unknown) => haveNoOpenSpans(told(telemetry)),
})

// A wrong subject is a mistake in the test and no failed assertion: with `.not` it would pass.
function told(telemetry: unknown): TestTelemetry {
  if (typeof telemetry === 'object' && telemetry !== null && 'spans' in telemetry && 'settled' in telemetry)
    return telemetry as TestTelemetry
  throw new TypeError('expect() is to be given the `telemetry` of the test here')
}
