// The generated API with the real sdk behind it: what the framework knows of the requests it answered.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { register as registerTelemetry } from '@proprio/sdk'
import { expect, test } from '@proprio/testing/vitest'
import { afterAll, beforeAll } from 'vitest'
import { loom } from '../catalogue.ts'
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

const registered = registerTelemetry({ http: { disableIncomingRequestInstrumentation: true } })
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
  await registered.shutdown()
  await rm(workspace, { recursive: true })
})

const post = (body: object) =>
  fetch(`${api.address}/labels`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })

test('answers by the description, and each request is one event of its level', async ({ telemetry }) => {
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

  await telemetry.settled()
  const requests = telemetry.operations(loom.api.request)
  expect(requests.map(({ message, level, error }) => [message, level, error?.type])).toEqual([
    ['POST /labels', 'info', undefined],
    ["POST /labels: body must have required property 'name'", 'warn', 'FST_ERR_VALIDATION'],
    ['POST /labels: CHECK constraint failed: color is required', 'error', 'ERR_SQLITE_ERROR'],
    ['GET /labels/:name', 'info', undefined],
    ['GET /labels/:name: nothing is at /labels/none', 'warn', 'NOT_FOUND'],
    ['GET: HTTP 404', 'warn', '404'],
  ])
  expect(telemetry).toHaveSpan(loom.api.request, { statusCode: 201, route: '/labels' })
  expect(telemetry).toConformTo(loom)
})

test('a request is one trace, from the client to the database, with what was wrong with it on its span', async ({
  telemetry,
}) => {
  await (await post({ name: 'traced', color: 'red' })).text()
  await telemetry.settled()
  const request = { span: 'POST /labels', kind: 'server', children: [{ span: 'INSERT label' }] } as const
  expect(telemetry).toHaveTrace({ span: 'POST', kind: 'client', exact: true, children: [request] })

  telemetry.clear()
  await (await post({ color: 'red' })).text()
  await telemetry.settled()
  const problem = "body must have required property 'name'"
  expect(telemetry.span(loom.api.request)).toHaveEvent(loom.api.invalid, { part: 'body', problem }, { level: 'warn' })
  expect(telemetry.events(loom.api.invalid)).toMatchObject([{ message: problem }])
})
