// The contract of a store, to be run by any test runner against any implementation: `@proprio/store/contract`.
import type { ContractCase } from './case.ts'
import { countCases } from './counts.ts'
import { eventCases } from './events.ts'
import { filterCases } from './filters.ts'
import { followCases } from './following.ts'
import { pageCases } from './pages.ts'
import { lifecycleCases, recordCases, runningCases } from './records-kept.ts'

export type { Capability, ContractCase } from './case.ts'
export { EXAMPLE_START, exampleLog, exampleSpan } from './records.ts'
export type { ExampleLog, ExampleSpan } from './records.ts'

/**
 * Every case; each wants an empty store of its own.
 *
 * @example for (const { name, run } of storeContract) test(name, () => run(memoryStore()))
 */
export const storeContract: readonly ContractCase[] = [
  ...eventCases,
  ...filterCases,
  ...pageCases,
  ...countCases,
  ...followCases,
  ...recordCases,
  ...runningCases,
  ...lifecycleCases,
]
