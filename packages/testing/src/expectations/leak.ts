// Expectations stage: that no sensitive value leaves, in any signal. A canary is a value that the test has put in; it is looked for in every text that a
// record carries, in each of its forms.
import type { Recording } from '../recorder/index.ts'
import { Mistake } from '../target/mistake.ts'
import { shown } from '../target/shown.ts'
import { blocks, plural, shownTraces } from './failure.ts'
import { formsOf } from './leak-forms.ts'
import { textsOf } from './leak-texts.ts'
import type { Outcome } from './outcome.ts'
import { telemetrySubject } from './subject.ts'

/** Shorter ones are in anything. */
const shortest = 4

interface Leak {
  readonly text: string
  readonly spanId?: string | undefined
}

export function leakNothing(subject: unknown, canaries: unknown): Outcome {
  const recording = telemetrySubject(subject)
  const leaks = leaksIn(recording, checked(canaries))
  const texts = [...new Set(leaks.map(({ text }) => text))]
  return {
    pass: texts.length === 0,
    message: () =>
      texts.length === 0
        ? blocks('expected a canary in some signal, and there is none', shownTraces(recording))
        : blocks(
            `expected no canary in any signal, and ${plural(texts.length, 'place')} ${texts.length === 1 ? 'has' : 'have'} one:\n${texts.map((text) => `  ${text}`).join('\n')}`,
            'hint: declare the attribute sensitive in its catalogue, or leave the value out of the text',
            shownTraces(
              recording,
              leaks.flatMap(({ spanId }) => spanId ?? []),
            ),
          ),
  }
}

function leaksIn(recording: Recording, canaries: readonly string[]): readonly Leak[] {
  const forms = canaries.map((canary) => ({ canary, forms: formsOf(canary) }))
  return Array.from(textsOf(recording)).flatMap(({ where, text, spanId }) =>
    forms.flatMap(({ canary, forms: all }): readonly Leak[] => {
      const form = all.find((one) => one.isIn(text))
      return form ? [{ text: `${shown(canary)}${form.how} in ${where}`, spanId }] : []
    }),
  )
}

function checked(canaries: unknown): readonly string[] {
  if (!Array.isArray(canaries) || canaries.length === 0)
    throw new Mistake(`give a list of the values that must not leave, and not ${shown(canaries)}`)
  for (const canary of canaries)
    if (typeof canary !== 'string' || canary.length < shortest)
      throw new Mistake(
        `${shown(canary)} is no canary: a text of at least ${shortest} characters, that is nowhere else`,
      )
  return canaries as readonly string[]
}
