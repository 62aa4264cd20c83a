import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { bytes, count, duration } from './format.ts'
import { type Column, table } from './table.ts'
import { createTerminal, fit, wrap } from './terminal.ts'

const columns: readonly Column[] = [
  { title: 'operation', flexible: true },
  { title: 'count', align: 'right' },
  { title: 'p50', align: 'right', optional: true },
  { title: 'p99', align: 'right' },
]
const rows = [
  ['database.query.of.a.long.name', '12', '1 ms', '20 ms'],
  ['api', '3', '4 ms', '5 ms'],
]

describe('a table', () => {
  test('is as wide as what it holds', () => {
    expect(table(columns, rows, 120)).toEqual([
      'operation                      count   p50    p99',
      'database.query.of.a.long.name     12  1 ms  20 ms',
      'api                                3  4 ms   5 ms',
    ])
  })

  test('lets its flexible column give way first, then optional columns', () => {
    expect(table(columns, rows, 40)[1]).toBe('database.query.of.a…     12  1 ms  20 ms')
    expect(table(columns, rows, 28)[1]).toBe('database.quer…     12  20 ms')
  })

  test.each([18, 22, 28, 40, 80])('is never wider than %i columns', (width) => {
    for (const line of table(columns, rows, width)) expect(line.length).toBeLessThanOrEqual(width)
  })
})

const written = async (live: boolean): Promise<string> => {
  const stream = Object.assign(new PassThrough(), { isTTY: live, columns: 24 })
  const terminal = createTerminal(stream as never)
  terminal.passing('so far, and a good deal further than that')
  terminal.line(terminal.paint('red', 'done'))
  stream.end()
  return text(stream)
}

describe('a terminal', () => {
  test('in a pipe gets plain lines and nothing that passes', async () => {
    expect(await written(false)).toBe('done\n')
  })

  test('that is one has passing lines replaced, cut to its width', async () => {
    expect(await written(true)).toContain('\r\u001B[2Kso far, and a good dea…\r\u001B[2K')
  })
})

test('text is cut, broken between words, and numbers are readable', () => {
  expect(fit('abcdef', 4)).toBe('abc…')
  expect(wrap('layers: api 1, database 2', 14)).toEqual(['layers: api 1,', 'database 2'])
  expect([0.207, 4.14, 830.2, 1234].map(duration)).toEqual(['0.21 ms', '4.1 ms', '830 ms', '1.2 s'])
  expect([12, 25_300_000].map(bytes)).toEqual(['12 B', '25.3 MB'])
  expect(count(12_345)).toBe('12,345')
})
