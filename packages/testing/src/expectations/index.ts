// What can be expected, and what decides it: one table, from which matchers and assertions are made.
import { keepContract } from '../contract/index.ts'
import type { Expectation } from '../signatures.ts'
import { madeAt } from '../target/mistake.ts'
import { conformTo } from './conform.ts'
import { haveContext } from './context.ts'
import { haveEvent, haveLog } from './event.ts'
import { haveException } from './exception.ts'
import { beSlow, haveAttributes, haveKind, haveStatus } from './facts.ts'
import { leakNothing } from './leak.ts'
import { haveMetric } from './metric.ts'
import { haveNoErrors, haveNoOpenSpans, haveNoUnknownEvents } from './nothing-wrong.ts'
import type { Outcome } from './outcome.ts'
import { beChildOf, beDescendantOf, beLinkedTo } from './relation.ts'
import { haveSpan, haveSpans } from './span.ts'
import { WrongSubject } from './subject.ts'
import { haveTrace } from './trace/index.ts'

export type { Outcome } from './outcome.ts'

type Decide = (subject: unknown, ...args: readonly never[]) => Outcome

export const expectations = {
  toHaveSpan: haveSpan,
  toHaveSpans: haveSpans,
  toHaveTrace: haveTrace,
  toBeChildOf: beChildOf,
  toBeDescendantOf: beDescendantOf,
  toBeLinkedTo: beLinkedTo,
  toHaveStatus: haveStatus,
  toHaveAttributes: haveAttributes,
  toHaveKind: haveKind,
  toHaveEvent: haveEvent,
  toHaveLog: haveLog,
  toHaveException: haveException,
  toHaveMetric: haveMetric,
  toBeSlow: beSlow,
  toHaveNoErrors: haveNoErrors,
  toHaveNoOpenSpans: haveNoOpenSpans,
  toHaveNoUnknownEvents: haveNoUnknownEvents,
  toConformTo: conformTo,
  toHaveContext: haveContext,
  toLeakNothing: leakNothing,
  toKeepContract: keepContract,
} as const satisfies Record<Expectation, Decide>

export const expectationNames = Object.keys(expectations) as readonly Expectation[]

const outcomeOf = (expectation: Expectation, subject: unknown, args: readonly unknown[]): Outcome =>
  (expectations[expectation] as (subject: unknown, ...rest: readonly unknown[]) => Outcome)(subject, ...args)

/** Decides by the expectation's name. @throws TypeError for a mistake in what is asked, or of what */
export const decide = (expectation: Expectation, subject: unknown, args: readonly unknown[]): Outcome =>
  madeAt(expectation, () => outcomeOf(expectation, subject, args))

/**
 * Decides inside of another expectation, `toContainEqual(expect.toHaveKind('client'))`: there a subject of another sort is no mistake, and not what is meant.
 * Besides, a runner that makes a diff asks of a copy, which is of no telemetry.
 */
export const decideInside = (expectation: Expectation, subject: unknown, args: readonly unknown[]): Outcome =>
  madeAt(expectation, () => {
    try {
      return outcomeOf(expectation, subject, args)
    } catch (error) {
      if (error instanceof WrongSubject) return { pass: false, message: () => error.message }
      throw error
    }
  })
