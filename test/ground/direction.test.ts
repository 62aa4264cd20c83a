import { expect, test } from 'vitest'
import { directionProblems, directions } from './direction.ts'
import { cycles } from './graph.ts'
import { packages, rootManifest } from './workspace.ts'
import type { Manifest, Package } from './workspace.ts'

const invented = (name: string, text: string, manifest: Partial<Manifest> = {}, file = 'index.ts'): Package => ({
  folder: `packages/${name.replace('@proprio/', '')}`,
  manifest: { ...manifest, name },
  sources: [{ path: `packages/x/src/${file}`, text }],
})

test('no import and no package.json runs against the arrows', () =>
  expect(directionProblems(packages, Object.keys(rootManifest.devDependencies ?? {}))).toEqual([]))

test('the table itself has no arrow that runs back', () =>
  expect(
    cycles(
      Object.entries(directions).map(([name, { ours, lazy = [], types = [] }]) => [name, [...ours, ...lazy, ...types]]),
    ),
  ).toEqual([]))

const api = { peerDependencies: { '@opentelemetry/api': '^1.9.0' } }
const sdk = { dependencies: { '@proprio/store': '1', '@proprio/server': '1' } }
const driver = { peerDependencies: { pg: '8' }, peerDependenciesMeta: { pg: { optional: true } } }

test.each<[string, Package]>([
  ['@proprio/news is not in the table', invented('@proprio/news', '')],
  ['may not import @proprio/store (static)', invented('@proprio/api', "import '@proprio/store/memory'", api)],
  ['may not import @proprio/store (type)', invented('@proprio/api', "import type { A } from '@proprio/store'", api)],
  ['may not import @proprio/sdk (type)', invented('@proprio/store', "type A = import('@proprio/sdk').A")],
  ['may not import @opentelemetry/core', invented('@proprio/api', "import '@opentelemetry/core'", api)],
  ['may not import @proprio/server (static)', invented('@proprio/sdk', "import '@proprio/server'", sdk)],
  ['may not import express', invented('@proprio/sdk', "import 'express'", { dependencies: { express: '5' } })],
  ['may not import pg', invented('@proprio/store', "import 'pg'", { dependencies: { pg: '8' } })],
  ['may not import @proprio/sdk (static)', invented('@proprio/api', "import '@proprio/sdk'", api, 'index.test.ts')],
  ['may not import @proprio/testing (static)', invented('@proprio/api', "import '@proprio/testing'", api)],
  ['may not import @proprio/testing (lazy)', invented('@proprio/sdk', "await import('@proprio/testing')", sdk)],
  ['may not import @proprio/testing (type)', invented('@proprio/store', "type A = import('@proprio/testing').A")],
  ['@proprio/store is not in packages/sdk/package.json', invented('@proprio/sdk', "import '@proprio/store'")],
  ['not in packages/api/package.json', invented('@proprio/api', "import '@opentelemetry/api'")],
  ['vitest is not in', invented('@proprio/api', "import 'vitest'", api, 'index.test.ts')],
  ['a computed import()', invented('@proprio/server', 'await import(name)')],
  ['may not depend on @proprio/testing', invented('@proprio/sdk', '', { dependencies: { '@proprio/testing': '1' } })],
  ['may not depend on @proprio/api', invented('@proprio/store', '', { dependencies: { '@proprio/api': '1' } })],
  [
    'nothing imports @opentelemetry/core',
    invented('@proprio/sdk', '', { dependencies: { '@opentelemetry/core': '3' } }),
  ],
])('fails: %s', (problem, of) => expect(directionProblems([of], []).join('\n')).toContain(problem))

test.each<[string, Package]>([
  ['the peer', invented('@proprio/api', "import '@opentelemetry/api'; import 'node:util'; import './a.ts'", api)],
  ['a lazy arrow', invented('@proprio/sdk', "import '@proprio/store'; await import('@proprio/server')", sdk)],
  ['a driver', invented('@proprio/store', "import 'pg'", driver)],
  ['what tests use', invented('@proprio/api', "import '@proprio/testing/vitest'", api, 'index.test.ts')],
  ['what their fixtures use', invented('@proprio/store', "import '@proprio/testing'", {}, 'fixtures/told.ts')],
])('holds: %s', (_, of) => expect(directionProblems([of], [])).toEqual([]))
