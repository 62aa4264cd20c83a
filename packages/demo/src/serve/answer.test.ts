import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Route, RouteKind } from '../codegen/route.ts'
import { connect, type Connection } from '../database/connection.ts'
import { type Documents, documents } from '../database/documents.ts'
import { migrate } from '../database/migrate.ts'
import type { Description } from '../description/openapi.ts'
import { register } from '../registry/registry.ts'
import { answer, NotFound } from './answer.ts'

const registry = register({
  paths: {},
  components: {
    schemas: {
      label: {
        type: 'object',
        required: ['color'],
        properties: { name: { type: 'string' }, color: { type: 'string' } },
      },
      either: { oneOf: [] },
    },
    examples: {},
  },
} as unknown as Description)

let workspace: string
let connection: Connection
let stored: Documents
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'loom-test-'))
  connection = connect(join(workspace, 'test.db'), { readOnly: false })
  migrate(connection, registry, ['label', 'either'])
  stored = documents(connection)
})
afterAll(async () => {
  connection.close()
  await rm(workspace, { recursive: true })
})

const ask = (
  kind: RouteKind,
  address: string,
  more: { body?: unknown; query?: object; route?: Partial<Route> } = {},
): unknown =>
  answer[kind](stored, {
    route: { id: 'x', method: 'GET', url: '', kind, status: 200, model: 'label', ...more.route },
    address,
    query: { ...more.query },
    body: more.body,
    example: {},
  })

test('documents are made, read, listed, searched, changed and removed by their address', () => {
  expect(ask('create', '/labels', { body: { name: 'bug', color: 'red' } })).toEqual({ name: 'bug', color: 'red' })
  expect(ask('item', '/labels/bug')).toEqual({ name: 'bug', color: 'red' })
  expect(ask('list', '/labels', { query: { per_page: 1 } })).toHaveLength(1)
  expect(ask('search', '/search', { query: { q: 'RED' } })).toMatchObject({ total_count: 1, items: [{ name: 'bug' }] })
  expect(ask('update', '/labels/bug', { body: { color: 'blue' } })).toEqual({ name: 'bug', color: 'blue' })
  expect(ask('remove', '/labels/bug')).toEqual({})
  expect(() => ask('item', '/labels/bug')).toThrow(NotFound)
})

test('what a model requires is a constraint of its table, and a taken address another', () => {
  expect(() => ask('create', '/labels', { body: { name: 'plain' } })).toThrow(
    'CHECK constraint failed: color is required',
  )
  ask('create', '/labels', { body: { name: 'twice', color: 'red' } })
  expect(() => ask('create', '/labels', { body: { name: 'twice', color: 'red' } })).toThrow('UNIQUE constraint failed')
})

test('a model that is no plain object has no table', () => {
  expect(() => ask('item', '/either/1', { route: { model: 'either' } })).toThrow('no such table: either')
})

test('a database that is not there cannot be opened for reading', () => {
  expect(() => connect(join(workspace, 'none.db'), { readOnly: true })).toThrow('unable to open database file')
})
