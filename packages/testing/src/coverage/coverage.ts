// Coverage stage: the questions of a test runner that has no reporter of ours, about the tests of this process so far.
import { AssertionError } from 'node:assert/strict'
import { knownCatalogues } from './catalogues.ts'
import { emittedByTests, emittedOutsideOfTests } from './emitted.ts'
import { type CatalogueFigure, type EventTypeFigure, type Figures, figuresOf } from './figures.ts'
import { belowFloor } from './floor.ts'
import { isInstalled } from './made-in.ts'
import { checkOptions, type CoverageOptions, type FloorOptions } from './options.ts'
import { coverageText } from './text.ts'
import type { Witness } from './witness.ts'

/** Event types are told of by type, in the order of their catalogue. Those that are deprecated are not. */
export interface CatalogueCoverage {
  readonly name: string
  readonly version: string
  /** Of the event types, how many are `emitted`: from 0 to 1. */
  readonly share: number
  /** An operation at least once without failing. */
  readonly emitted: readonly string[]
  /** Operations that have failed each time. */
  readonly onlyFailing: readonly string[]
  readonly neverEmitted: readonly string[]
  /** Of those that no test has emitted, what was emitted outside of them: while they were set up, or where context and trace were lost. */
  readonly outsideOfTests: readonly string[]
  /** Operations that have succeeded each time. For information: whether one can fail its catalogue does not say. */
  readonly neverFailed: readonly string[]
}

export interface Coverage {
  readonly catalogues: readonly CatalogueCoverage[]
  /** All of it for people, a line for each gap. */
  readonly text: string
}

/** What this process has seen so far: the same objects each time, so that they are sent as they are by then. */
export const witness: Witness = {
  catalogues: knownCatalogues,
  byTests: emittedByTests.emitted,
  outsideOfTests: emittedOutsideOfTests.emitted,
}

/**
 * Which event types the tests of this process have emitted so far, which they have only made fail, and which they have not emitted. What is claimed for no
 * test does not count: no test can have looked at it.
 * @throws TypeError for options that are not there, and names that no catalogue or event type has
 */
export function coverage(options: CoverageOptions = {}): Coverage {
  checkOptions(options, 'coverage()', ['catalogues', 'ignore'])
  const figures = figuresHere(options, 'coverage()')
  return { catalogues: figures.catalogues.map(coverageOf), text: coverageText(figures) }
}

/**
 * That tests have emitted at least a share of the event types of each catalogue, without failing. For the end of a run: `after(() => assertCoverage({ floor: 0.9 }))`.
 * @throws AssertionError that lists what they have not emitted; TypeError as `coverage()` does
 */
export function assertCoverage(options: CoverageOptions & Required<FloorOptions>): void {
  checkOptions(options, 'assertCoverage()', ['floor', 'catalogues', 'ignore'])
  if (options.floor === undefined)
    throw new TypeError('assertCoverage(): there is no floor. Give the least share: { floor: 0.9 }')
  const figures = figuresHere(options, 'assertCoverage()')
  const problem = belowFloor(figures, options.floor)
  if (problem !== undefined)
    throw new AssertionError({
      message: `${problem}\n\n${coverageText(figures, options)}`,
      operator: 'assertCoverage',
      stackStartFn: assertCoverage,
    })
}

function figuresHere(options: CoverageOptions, whose: string): Figures {
  const figures = figuresOf([witness], options, (file) => !isInstalled(file))
  if (figures.mistakes.length > 0) throw new TypeError(`${whose}: ${figures.mistakes.join('\n')}`)
  return figures
}

function coverageOf({ name, version, share, eventTypes }: CatalogueFigure): CatalogueCoverage {
  const those = (are: (eventType: EventTypeFigure) => boolean): readonly string[] =>
    eventTypes.filter(are).map(({ type }) => type)
  return {
    name,
    version,
    share,
    emitted: those(({ reach }) => reach === 'emitted'),
    onlyFailing: those(({ reach }) => reach === 'only failing'),
    neverEmitted: those(({ reach }) => reach === 'never emitted'),
    outsideOfTests: those((eventType) => eventType.outsideOfTests),
    neverFailed: those((eventType) => eventType.neverFailed),
  }
}
