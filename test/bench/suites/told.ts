// What a suite tells the benchmark: one line of JSON, when all of its tests have passed.
import type { Reporter } from 'vitest/node'

/** Times in milliseconds. */
export interface Told {
  readonly tests: number
  /** Imports, set-up and tests, in the worker. */
  readonly inWorker: number
  /** What the file itself has timed. */
  readonly taken?: Taken
}

export interface Taken {
  readonly ours: readonly number[]
  readonly theirs: readonly number[]
}

declare module 'vitest' {
  interface TaskMeta {
    taken?: Taken
  }
}

export const told: Reporter = {
  onTestRunEnd(modules) {
    const [module] = modules
    if (!module?.ok()) return
    const { collectDuration, setupDuration, duration } = module.diagnostic()
    const { taken } = module.meta()
    const inWorker = collectDuration + setupDuration + duration
    console.log(JSON.stringify({ tests: module.children.size, inWorker, ...(taken && { taken }) } satisfies Told))
  },
}
