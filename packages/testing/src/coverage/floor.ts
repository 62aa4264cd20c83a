// Coverage stage: whether a floor is reached, and what to do where it is not.
import type { Figures } from './figures.ts'
import { percent } from './text.ts'

/** What is wrong and what to do; undefined where every catalogue reaches the floor. */
export function belowFloor({ catalogues, mistakes }: Figures, floor: number): string | undefined {
  const low = catalogues.filter(({ share }) => share < floor)
  const told = [
    ...mistakes,
    ...(low.length > 0
      ? [
          `coverage is below the floor of ${percent(floor)}: ${low.map(({ name, share }) => `${name} is at ${percent(share)}`).join(', ')}. ` +
            'Have a test emit what is never emitted, and succeed at what is only failing, or name in `ignore` what no test needs to emit',
        ]
      : []),
    ...(catalogues.length === 0 && mistakes.length === 0
      ? [`coverage has no catalogue to hold against the floor of ${percent(floor)}. ${noCatalogue}`]
      : []),
  ]
  return told.length === 0 ? undefined : told.join('\n')
}

const noCatalogue =
  'Tests know those of the code that they import, and are recorded where they import test from @proprio/testing/vitest, or by @proprio/testing/vitest/setup in setupFiles'
