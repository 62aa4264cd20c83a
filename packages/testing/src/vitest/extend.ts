// vitest: the expectations as its matchers, each also asymmetric, and a telemetry in a snapshot as its tree.
import { expect } from 'vitest'
import { decide, expectationNames } from '../expectations/index.ts'
import { isTelemetry } from '../expectations/subject.ts'
import type { TestTelemetry } from '../telemetry/index.ts'

const matchers = expectationNames.map((name) => [
  name,
  (subject: unknown, ...args: readonly unknown[]) => decide(name, subject, args),
])

expect.extend(Object.fromEntries(matchers))
expect.addSnapshotSerializer({
  test: isTelemetry,
  serialize: (telemetry: TestTelemetry) => telemetry.tree(),
})
