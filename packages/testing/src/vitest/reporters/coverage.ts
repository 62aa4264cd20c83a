// vitest, main process: a reporter that prints after a run which event types no test has emitted, and fails the run where they are more than a floor allows.
import type { Reporter, TestModule, TestRunEndReason, TestSpecification, Vitest } from 'vitest/node'
import { type Figures, figuresOf } from '../../coverage/figures.ts'
import { belowFloor } from '../../coverage/floor.ts'
import { isInstalled } from '../../coverage/made-in.ts'
import { checkOptions, type CoverageOptions, type FloorOptions } from '../../coverage/options.ts'
import { coverageText, percent } from '../../coverage/text.ts'
import type { Told } from '../told.ts'
import { paint } from './paint.ts'
import { whyOnlyPart } from './part-of-suite.ts'

/**
 * Below the floor the run fails, and where `catalogues` or `ignore` name what nobody knows. The floor is not enforced where only a part of the suite ran,
 * where a test has failed, and while vitest watches. Catalogues made in a test file count only where `catalogues` names them.
 */
export interface CoverageReporterOptions extends CoverageOptions, FloorOptions {}

// vitest takes a reporter's default export, by path.
// oxlint-disable-next-line import/no-default-export
export default class CoverageReporter implements Reporter {
  readonly #options: CoverageReporterOptions
  #vitest: Vitest | undefined
  #specifications: readonly TestSpecification[] = []

  /** @throws TypeError for options that are not there, or are not what they are to be */
  constructor(options: CoverageReporterOptions = {}) {
    checkOptions(options, 'the coverage reporter of @proprio/testing', ['floor', 'catalogues', 'ignore'])
    this.#options = options
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#specifications = specifications
  }

  async onTestRunEnd(modules: readonly TestModule[], _errors: unknown, reason: TestRunEndReason): Promise<void> {
    const vitest = this.#vitest
    if (!vitest || modules.length === 0) return
    const part = await whyOnlyPart({ vitest, specifications: this.#specifications, modules, reason })
    const { watch } = vitest.config
    // Whoever watches has something else in mind.
    if (watch && part !== undefined) return
    const figures = figuresOfRun(modules, this.#options)
    const { floor } = this.#options
    vitest.logger.log(`\n${paint('strong', 'Coverage of event types')}\n\n${coverageText(figures, { floor, paint })}\n`)
    const unjudged = part ?? (reason === 'failed' ? 'tests have failed' : watch ? 'vitest watches' : undefined)
    if (unjudged === undefined) judge(figures, floor, vitest)
    else if (floor !== undefined)
      vitest.logger.log(`${paint('faint', `The floor of ${percent(floor)} is not enforced: ${unjudged}`)}\n`)
  }
}

function judge(figures: Figures, floor: number | undefined, { logger }: Vitest): void {
  if (floor === undefined) for (const mistake of figures.mistakes) logger.log(`${mistake}\n`)
  const problem = floor === undefined ? undefined : belowFloor(figures, floor)
  if (problem === undefined) return
  logger.error(`${paint('bad', problem)}\n`)
  process.exitCode = 1
}

function figuresOfRun(modules: readonly TestModule[], options: CoverageOptions): Figures {
  const files = new Set(modules.map(({ moduleId }) => moduleId))
  return figuresOf(
    modules.flatMap((module) => {
      const { coverage }: Told = module.meta().proprio ?? {}
      return coverage ?? []
    }),
    options,
    (madeIn) => !isInstalled(madeIn) && !files.has(madeIn.replaceAll('\\', '/')),
  )
}
