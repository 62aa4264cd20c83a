// The generated API with the real sdk behind it: what the framework knows of the requests it answered.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { register as registerTelemetry } from '@proprio/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routesOf } from '../codegen/route.ts'
import { connect } from '../database/connection.ts'
import { documents } from '../database/documents.ts'
import { migrate } from '../database/migrate.ts'
import type { Description } from '../description/openapi.ts'
import { register } from '../registry/registry.ts'
import { type Api, serve } from './server.ts'

const label = {
  type: 'object',
  required: ['name', 'color'],
  properties: { name: { type: 'string' }, color: { type: 'string' } },
}
const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const model = { $ref: '#/components/schemas/label' }
const registry = register({
  paths: {
    '/labels': {
      post: {
        operationId: 'labels/create',
        requestBody: { required: true, ...json({ type: 'object', required: ['name'], properties: label.properties }) },
        responses: { 201: json(model) },
      },
    },
    '/labels/{name}': {
      get: {
        operationId: 'labels/get',
        parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: json(model) },
      },
    },
  },
  components: { schemas: { label }, parameters: {}, responses: {}, examples: {} },
} as unknown as Description)

const telemetry = registerTelemetry({ http: { disableIncomingRequestInstrumentation: true } })
let workspace: string
let api: Api
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'loom-test-'))
  const connection = connect(join(workspace, 'test.db'), { readOnly: false })
  const routes = routesOf(registry)
  const tables = migrate(connection, registry, ['label'])
  api = await serve({ registry, routes, documents: documents(connection), tables })
})
afterAll(async () => {
  await api.close()
  await telemetry.shutdown()
  await rm(workspace, { recursive: true })
})

const post = (body: object) =>
  fetch(`${api.address}/labels`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })

test('answers by the description, and each request is one event of its level', async () => {
  const answers = [
    await post({ name: 'bug', color: 'red' }),
    await post({ color: 'red' }),
    await post({ name: 'plain' }),
    await fetch(`${api.address}/labels/bug`),
    await fetch(`${api.address}/labels/none`),
    await fetch(`${api.address}/nowhere`),
  ]
  for (const answer of answers) await answer.text()
  expect(answers.map(({ status }) => status)).toEqual([201, 400, 500, 200, 404, 404])

  const { rows } = await telemetry.query.events({ type: 'api.request', order: 'oldest' })
  expect(rows.map(({ message, level, error }) => [message, level, error?.type])).toEqual([
    ['POST /labels', 'info', undefined],
    ["POST /labels: body must have required property 'name'", 'warn', 'FST_ERR_VALIDATION'],
    ['POST /labels: CHECK constraint failed: color is required', 'error', 'ERR_SQLITE_ERROR'],
    ['GET /labels/:name', 'info', undefined],
    ['GET /labels/:name: nothing is at /labels/none', 'warn', 'NOT_FOUND'],
    ['GET: HTTP 404', 'warn', '404'],
  ])
  expect(rows[0]?.attributes).toMatchObject({ 'http.response.status_code': 201, 'http.route': '/labels' })
})

test('a request is one trace, from the client to the database, with what was wrong with it on its span', async () => {
  const [client] = (await telemetry.query.events({ type: 'provider.request', order: 'oldest' })).rows
  const trace = await telemetry.query.trace(client?.traceId ?? '')
  const [request] = trace?.roots[0]?.children ?? []
  expect(request?.span.name).toBe('POST /labels')
  expect(request?.children.map(({ span }) => span.name)).toEqual(['INSERT label'])

  const [invalid] = (await telemetry.query.events({ type: 'api.invalid' })).rows
  expect(invalid).toMatchObject({ level: 'warn', message: "body must have required property 'name'" })
})
