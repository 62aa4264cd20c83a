import { expect, test } from 'vitest'
import { doorProblems } from './doors.ts'
import { packages, suites } from './workspace.ts'

test('no export *, no deep import across packages', () =>
  expect(doorProblems(packages, [...packages.flatMap(({ sources }) => sources), ...suites])).toEqual([]))

const made = [
  {
    folder: 'packages/store',
    manifest: { name: '@proprio/store', exports: { '.': './dist/index.js', './schema/*.json': './schema/*.json' } },
    sources: [],
  },
]

test.each([
  ["export * from './a.ts'", "export * from './a.ts'"],
  ["import '@proprio/store/src/memory'", "'@proprio/store/src/memory' is no door of @proprio/store"],
  ["import type { A } from '@proprio/store/dist/a.js'", 'is no door'],
  ["import '../../store/src/index.ts'", "'../../store/src/index.ts' leaves packages/sdk"],
  ["import '../../../test/receiver/client.ts'", 'leaves packages/sdk'],
])('fails: %s', (text, problem) =>
  expect(doorProblems(made, [{ path: 'packages/sdk/src/a.ts', text }]).join('\n')).toContain(problem),
)

test.each([
  "import '@proprio/store'",
  "import '@proprio/store/schema/filter.json'",
  "import '../a.ts'",
  "import 'x/deep'",
])('holds: %s', (text) => expect(doorProblems(made, [{ path: 'packages/sdk/src/deep/a.ts', text }])).toEqual([]))
