import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Description } from '../description/openapi.ts'
import { register } from '../registry/registry.ts'
import { compile, CompileError, parseProblems } from './compile.ts'
import { generate } from './generate.ts'
import { routesOf } from './route.ts'

const ok = (schema: object) => ({ 200: { content: { 'application/json': { schema } } } })
const reaction = { $ref: '#/components/schemas/reaction' }
const description = {
  openapi: '3.0.3',
  info: { title: 'Small', version: '1' },
  paths: {
    '/reactions': {
      get: { operationId: 'reactions/list', responses: ok({ type: 'array', items: reaction }) },
      post: { operationId: 'reactions/create', responses: { 201: ok(reaction)[200] } },
    },
    '/reactions/{id}': {
      get: { operationId: 'reactions/get', responses: ok(reaction) },
      delete: { operationId: 'reactions/delete', responses: { 204: {} } },
    },
    '/search/reactions': {
      get: {
        operationId: 'search/reactions',
        responses: ok({ type: 'object', properties: { items: { type: 'array', items: reaction } } }),
      },
    },
  },
  components: {
    schemas: {
      reaction: { type: 'object', properties: { content: { type: 'string', enum: ['reactions-+1', 'reactions--1'] } } },
    },
    parameters: {},
    responses: {},
    examples: {},
  },
} as unknown as Description

let workspace: string
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'loom-test-'))
})
afterAll(() => rm(workspace, { recursive: true }))

test('each operation becomes a route of the kind that its answer shows', () => {
  const shapes = routesOf(register(description)).map(({ id, url, kind, model, status }) => [
    id,
    url,
    kind,
    model,
    status,
  ])
  expect(shapes).toEqual([
    ['reactions/list', '/reactions', 'list', 'reaction', 200],
    ['reactions/create', '/reactions', 'create', 'reaction', 201],
    ['reactions/get', '/reactions/:id', 'item', 'reaction', 200],
    ['reactions/delete', '/reactions/:id', 'remove', 'reaction', 204],
    ['search/reactions', '/search/reactions', 'search', 'reaction', 200],
  ])
})

test('what is generated compiles, and its module is the routes', async () => {
  const registry = register(description)
  const project = await generate(registry, 'types', join(workspace, 'types'))
  expect(await compile(project)).toEqual(routesOf(registry))
})

test('enumerations whose members come to one name are refused by the compiler, line by line', async () => {
  const project = await generate(register(description), 'enums', join(workspace, 'enums'))
  const error = await compile(project).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(CompileError)
  expect((error as CompileError).problems[0]).toMatchObject({ file: 'description.ts', code: 'TS2300' })
})

test("the compiler's output is read", () => {
  const output = "routes.ts(3,7): error TS2300: Duplicate identifier 'a'.\n  a detail of it\n"
  expect(parseProblems(output)).toEqual([
    { file: 'routes.ts', line: 3, code: 'TS2300', problem: "Duplicate identifier 'a'." },
  ])
})
