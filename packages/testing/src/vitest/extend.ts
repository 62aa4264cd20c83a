// vitest: the expectations as its matchers, each also asymmetric, and a telemetry in a snapshot as its tree.
import { expect } from 'vitest'
import { decide, decideInside, expectationNames } from '../expectations/index.ts'
import { isTelemetry } from '../expectations/subject.ts'
import type { TestTelemetry } from '../telemetry/index.ts'
import { contractArguments, type RunnerState } from './contract.ts'

// Of the state of a matcher only that of one that does not stand inside of another expectation says whether there is a promise.
const matchers = expectationNames.map((name) => [
  name,
  function matcher(this: RunnerState, subject: unknown, ...given: readonly unknown[]) {
    const args = name === 'toKeepContract' ? contractArguments(this, given) : given
    return 'promise' in this ? decide(name, subject, args) : decideInside(name, subject, args)
  },
])

expect.extend(Object.fromEntries(matchers))
expect.addSnapshotSerializer({
  test: isTelemetry,
  serialize: (telemetry: TestTelemetry) => telemetry.tree(),
})
