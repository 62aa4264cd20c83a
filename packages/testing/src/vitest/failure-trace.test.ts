// The trace that is kept of a failed test, where it is long.
import { capture } from '@proprio/api'
import { expect, test } from 'vitest'
import { install, recordIn } from '../recorder/index.ts'
import { failureTrace } from './failure-trace.ts'

const traceOf = (fn: () => void): readonly string[] => {
  const recording = install().begin()
  recordIn(recording, fn)
  return failureTrace(recording)
    .split('\n')
    .map((line) => line.replace(/\d+ ms/, '* ms'))
}
const many = (count: number): void => {
  for (let number = 0; number < count; number++) capture({ type: 'work.part' }, () => undefined)
}
const failing = (): never => {
  throw new RangeError('too far')
}

test('a short one is whole', () => {
  expect(traceOf(() => many(100))).toEqual(Array.from({ length: 100 }, () => 'work.part * ms'))
})

test('of a long one the begin, and what has failed wherever it is, inside of what it is', () => {
  const lines = traceOf(() => {
    many(120)
    capture({ type: 'work.outer' }, () => {
      many(10)
      try {
        capture({ type: 'work.inner' }, failing)
      } catch {
        many(10)
      }
    })
  })
  expect(lines.slice(0, 98)).toEqual(Array.from({ length: 98 }, () => 'work.part * ms'))
  expect(lines.slice(98)).toEqual([
    '… 22 more',
    'work.outer * ms',
    '… 10 more',
    expect.stringMatching(/^ {2}work\.inner \* ms ! RangeError: too far/),
    '… 10 more',
  ])
})

test('of a deep one where the error comes from', () => {
  const deep = (depth: number): void =>
    capture({ type: `work.at_${depth}` }, () => (depth < 200 ? deep(depth + 1) : failing()))
  const lines = traceOf(() => expect(() => deep(1)).toThrow(RangeError)).map((line) =>
    line
      .trimStart()
      .split(' ', 3)
      .slice(0, line.startsWith('…') ? 3 : 1)
      .join(' '),
  )
  expect(lines).toHaveLength(101)
  expect(lines.slice(38, 44)).toEqual([
    'work.at_39',
    'work.at_40',
    '… 100 more',
    'work.at_141',
    'work.at_142',
    'work.at_143',
  ])
  expect(lines.at(-1)).toBe('work.at_200')
})

test('a line is cut, too', () => {
  const [line = ''] = traceOf(() =>
    capture({ type: 'work.part', attributes: { 'work.text': 'x'.repeat(1000) } }, () => undefined),
  )
  expect(line).toMatch(/x…$/)
  expect(line.length).toBeLessThan(510)
})
