// What is cut, named or dropped is counted, and by name where a catalogue bounds the names.
import { expect, test } from 'vitest'
import { any, circular, getter, huge, never } from '../fixtures/hostile.ts'
import { record } from '../fixtures/recording.ts'
import { capture } from '../index.ts'
import { emitterHealth } from '../runtime.ts'

record()

test('what is invalid is counted by the name of its attribute too, or of its measure; never by a name of the host’s', async () => {
  const wrong = { text: huge, flag: 'yes', list: [1], bounded: 'fits', choice: 'a' }
  const names = ['text', 'flag', 'list', 'bounded', 'choice'].map((key) => `any.api.${key}`)
  const before = emitterHealth().counts
  any.api.run(never(wrong), (op) => op.set(never({ flag: 'no' })))
  any.api.told(never({ text: getter }))
  any.within({ where: never(circular) }, () => 1)
  any.api.sum.add(Number.NaN)
  any.api.sum.add(1, { flag: never('yes') })
  capture({ type: 'a.b', attributes: { mine: circular } })
  const after = emitterHealth().counts
  const grown = (name: string) => (after[`attribute_invalid:${name}`] ?? 0) - (before[`attribute_invalid:${name}`] ?? 0)
  expect(names.map(grown)).toEqual([2, 3, 1, 0, 0])
  expect(['any.where', 'any.api.sum', 'mine', 'text'].map(grown)).toEqual([1, 1, 0, 0])
  expect((after['attribute_invalid'] ?? 0) - (before['attribute_invalid'] ?? 0)).toBe(9)
})
