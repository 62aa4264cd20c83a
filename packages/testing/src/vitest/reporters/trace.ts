// vitest, main process: a reporter that prints what each failed test has recorded, as a tree, below the summary of the run and so below its failures.
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node'
import type { Told } from '../told.ts'
import { paint } from './paint.ts'

/** Tests whose trace is printed; where more fail, they fail of one thing. */
const testsAtMost = 20

// vitest takes a reporter's default export, by path.
// oxlint-disable-next-line import/no-default-export
export default class TraceReporter implements Reporter {
  #vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    // Wherever it stands in the list of reporters, those that print at once come first.
    await Promise.resolve()
    const told = modules.flatMap((module) => [...module.children.allTests('failed')]).flatMap(tellOf)
    if (told.length === 0) return
    const left = told.length - testsAtMost
    const more = left > 0 ? [paint('faint', `… and of ${left} more`)] : []
    const blocks = [paint('strong', 'Traces of failed tests'), ...told.slice(0, testsAtMost), ...more]
    this.#vitest?.logger.log(`\n${blocks.join('\n\n')}\n`)
  }
}

function tellOf(test: TestCase): readonly string[] {
  const { trace }: Told = test.meta().proprio ?? {}
  if (!trace) return []
  const { project, module, fullName } = test
  const where = [...(project.name ? [`[${project.name}]`] : []), module.relativeModuleId].join(' ')
  return [`${paint('bad', 'FAIL')} ${where} > ${fullName}\n${trace.replaceAll(/^/gm, '  ')}`]
}
