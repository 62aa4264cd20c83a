// Receiver stage: what came and could not be taken, counted, with the reasons.
import type { Outcome } from './exchange.ts'

export interface Rejected {
  /** Single spans, log records and data points. */
  readonly records: number
  readonly requests: number
  /** Each once, the first hundred. */
  readonly problems: readonly string[]
}

interface Rejections {
  count(outcome: Outcome): void
  /** A request of which the end never came. */
  cut(): void
  told(): Rejected
}

const PROBLEMS = 100

export function rejections(): Rejections {
  const problems = new Set<string>()
  let records = 0
  let requests = 0
  const say = (problem: string | undefined): void => {
    if (problem !== undefined && problems.size < PROBLEMS) problems.add(problem)
  }
  return {
    count({ status, rejected, problem }) {
      records += rejected
      if (status !== 200) requests++
      say(problem)
    },
    cut() {
      requests++
      say('a connection ended in the middle of a request')
    },
    told: () => ({ records, requests, problems: [...problems] }),
  }
}
