// The expectations as plain assertions, for every test runner: each throws an AssertionError that says why, and `.not` is its negation.
import { AssertionError } from 'node:assert/strict'
import { decide } from './expectations/index.ts'
import type { Expectation, Signatures } from './signatures.ts'
import type { AnyCatalogue } from './target/types.ts'
import type { TestTelemetry } from './telemetry/index.ts'
import type { SpanRecord } from '@proprio/store'
import type { Carrier } from './expectations/subject.ts'

type Assertion<Name extends Expectation, Subject> = Signatures<[subject: Subject], void>[Name] & {
  /** Holds when it does not. What cannot be asked is an error here too. */
  readonly not: Signatures<[subject: Subject], void>[Name]
}

function assertion<Name extends Expectation, Subject>(name: Name): Assertion<Name, Subject> {
  const demanding = (wanted: boolean) => {
    const demand = (subject: unknown, ...args: readonly unknown[]): void => {
      const { pass, message, actual, expected } = decide(name, subject, args)
      if (pass !== wanted)
        throw new AssertionError({ message: message(), actual, expected, operator: name, stackStartFn: demand })
    }
    return demand
  }
  return Object.assign(demanding(true), { not: demanding(false) }) as unknown as Assertion<Name, Subject>
}

type OnTelemetry<Name extends Expectation> = Assertion<Name, TestTelemetry>
type OnSpan<Name extends Expectation> = Assertion<Name, SpanRecord>

export const assertSpan: OnTelemetry<'toHaveSpan'> = assertion('toHaveSpan')
export const assertSpans: OnTelemetry<'toHaveSpans'> = assertion('toHaveSpans')
export const assertTrace: OnTelemetry<'toHaveTrace'> = assertion('toHaveTrace')
export const assertChildOf: OnSpan<'toBeChildOf'> = assertion('toBeChildOf')
export const assertDescendantOf: OnSpan<'toBeDescendantOf'> = assertion('toBeDescendantOf')
export const assertLinkedTo: OnSpan<'toBeLinkedTo'> = assertion('toBeLinkedTo')
export const assertStatus: OnSpan<'toHaveStatus'> = assertion('toHaveStatus')
export const assertAttributes: Assertion<'toHaveAttributes', Carrier> = assertion('toHaveAttributes')
export const assertKind: OnSpan<'toHaveKind'> = assertion('toHaveKind')
export const assertEvent: Assertion<'toHaveEvent', TestTelemetry | SpanRecord> = assertion('toHaveEvent')
export const assertLog: OnTelemetry<'toHaveLog'> = assertion('toHaveLog')
export const assertException: Assertion<'toHaveException', TestTelemetry | SpanRecord> = assertion('toHaveException')
export const assertMetric: OnTelemetry<'toHaveMetric'> = assertion('toHaveMetric')
export const assertSlow: OnSpan<'toBeSlow'> = assertion('toBeSlow')
export const assertNoErrors: OnTelemetry<'toHaveNoErrors'> = assertion('toHaveNoErrors')
export const assertNoOpenSpans: OnTelemetry<'toHaveNoOpenSpans'> = assertion('toHaveNoOpenSpans')
export const assertNoUnknownEvents: OnTelemetry<'toHaveNoUnknownEvents'> = assertion('toHaveNoUnknownEvents')
export const assertConformsTo: OnTelemetry<'toConformTo'> = assertion('toConformTo')
export const assertContext: Assertion<'toHaveContext', TestTelemetry | Carrier> = assertion('toHaveContext')
export const assertLeaksNothing: OnTelemetry<'toLeakNothing'> = assertion('toLeakNothing')
export const assertContract: Assertion<'toKeepContract', AnyCatalogue> = assertion('toKeepContract')
