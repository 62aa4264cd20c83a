import { expect, test } from 'vitest'
import { importsOf, packageOf } from './imports.ts'

const seen = (text: string, path = 'a.ts') =>
  importsOf(path, text).map(({ specifier, how, everything }) => [specifier, how, ...(everything ? ['everything'] : [])])

test.each([
  ["import 'a'", ['a', 'static']],
  ["import type { A } from 'a'", ['a', 'type']],
  ["import { type A } from 'a'", ['a', 'static']],
  ["export { a } from 'a'", ['a', 'static']],
  ["export type { A } from 'a'", ['a', 'type']],
  ["export * from 'a'", ['a', 'static', 'everything']],
  ["export type * from 'a'", ['a', 'type', 'everything']],
  ["export * as a from 'a'", ['a', 'static']],
  ["type A = import('a').A", ['a', 'type']],
  ["type A = typeof import('a')", ['a', 'type']],
  ["const a = () => import('a')", ['a', 'lazy']],
  ['const a = await import(`a`)', ['a', 'lazy']],
  ["const a = await import('a' + b)", [undefined, 'lazy']],
  ["import a = require('a')", ['a', 'static']],
  ['const a = await import(`a/${b}.js`)', ['a/', 'lazy']],
  ['require(`node:${a}`)', ['node:', 'static']],
  ['await import(`@a/${b}`)', [undefined, 'lazy']],
  ['await import(`./${a}.ts`)', [undefined, 'lazy']],
  ["import.meta.resolve('a')", ['a', 'static']],
  ["require.resolve('a')", ['a', 'static']],
  ["createRequire(import.meta.url)('a')", ['a', 'static']],
])('%s', (text, expected) => expect(seen(text)).toEqual([expected]))

test('require in CommonJS; nothing in strings and comments', () => {
  expect(seen("const a = require('a')", 'a.cjs')).toEqual([['a', 'static']])
  expect(seen(`// import 'a'\nconst text = "import 'a'; require('a')"`)).toEqual([])
})

test('a required file whose address was resolved', () =>
  expect(seen("require(fileURLToPath(import.meta.resolve('a')))")).toEqual([
    ['a', 'static'],
    ['a', 'static'],
  ]))

test('what does not parse is an error that names the file', () =>
  expect(() => importsOf('broken.ts', 'import {')).toThrow('broken.ts'))

test('the package a specifier belongs to', () =>
  expect(['@a/b', '@a/b/c/d', 'a', 'a/b', './a/b', 'node:fs/promises'].map(packageOf)).toEqual([
    '@a/b',
    '@a/b',
    'a',
    'a',
    './a/b',
    'node:fs/promises',
  ]))
