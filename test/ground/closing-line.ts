// The last line of a run, plain, for people and for machines: `12 passed, 0 failed`.
// A file that does not load and an error outside of every test are failures, too.
import type { Reporter, TestModule } from 'vitest/node'

interface Counted {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const count = (modules: readonly TestModule[], unhandled: number): Counted => {
  const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state))
  const of = (state: string): number => states.filter((one) => one === state).length
  const unloaded = modules.filter((module) => module.errors().length > 0).length
  // A test that never came to a result (the run was cut short) has not passed.
  return { passed: of('passed'), failed: of('failed') + of('pending') + unloaded + unhandled, skipped: of('skipped') }
}

export const lineOf = ({ passed, failed, skipped }: Counted): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

export const closingLine = (write: (text: string) => void = (text) => process.stdout.write(text)): Reporter => ({
  onTestRunEnd: (modules, unhandled) => write(`\n${lineOf(count(modules, unhandled.length))}\n`),
})
