import { expect, test } from 'vitest'
import { cycles, fileEdges } from './graph.ts'
import { packages, suites } from './workspace.ts'

test('no file of a package or suite is in an import cycle', () =>
  expect(cycles(fileEdges([...packages.flatMap(({ sources }) => sources), ...suites]))).toEqual([]))

test('a cycle is found, type imports and import() included, and its way named', () => {
  const sources = [
    { path: 'src/a.ts', text: "import { b } from './deep/b.ts'" },
    { path: 'src/deep/b.ts', text: "import type { C } from '../c.ts'" },
    { path: 'src/c.ts', text: "export const c = () => import('./a.ts')" },
    { path: 'src/d.ts', text: "import './a.ts'" },
  ]
  expect(cycles(fileEdges(sources))).toEqual([['src/a.ts', 'src/deep/b.ts', 'src/c.ts', 'src/a.ts']])
  expect(cycles(fileEdges([{ path: 'a.ts', text: "import './a.ts'" }]))).toEqual([['a.ts', 'a.ts']])
})

test('two ways to one file are no cycle', () =>
  expect(
    cycles([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
      ['d', []],
    ]),
  ).toEqual([]))
