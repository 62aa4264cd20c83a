// `node --import @proprio/sdk/register app.js`, from the built package: applications that were not changed, ESM and CommonJS.
import { cpSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Health } from '@proprio/sdk'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Receiver, startReceiver } from '../receiver/client.ts'
import { fixture, run } from './child.ts'
import { soundHealth } from './sound.ts'

const node = ['--import', '@proprio/sdk/register']
const root = fixture('../../..')

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.stop())
beforeEach(() => receiver.clear())

test.each([
  ['app.mjs', undefined, 'proprio-workspace'],
  ['app.cjs', '/users/:id', 'shop'],
])('%s: incoming and outgoing requests, in one trace each, delivered at its end', async (file, route, service) => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...(route && { OTEL_SERVICE_NAME: 'shop' }) }
  const ran = await run({ file: `apps/${file}`, node, env })
  expect(ran).toEqual({ code: 3, signal: null, said: [], stderr: '' })
  const { spans, metrics } = await receiver.received()
  const clients = spans.filter(({ kind }) => kind === 3)
  const servers = spans.filter(({ kind }) => kind === 2)
  expect([clients.length, servers.length, spans.length]).toEqual([2, 2, 4])
  for (const server of servers) {
    expect(clients.map(({ spanId }) => spanId)).toContain(server.parentSpanId)
    expect(server.attributes['http.route']).toBe(route)
    expect(server.name).toBe(route === undefined ? 'GET' : `GET ${route}`)
  }
  expect(new Set(clients.map(({ scope }) => scope.name))).toEqual(
    new Set(['@opentelemetry/instrumentation-http', '@proprio/sdk/fetch']),
  )
  expect(spans[0]?.resource['service.name']).toBe(service)
  // The exporters' own requests are in neither signal.
  const counted = metrics.filter(({ name }) => name === 'http.client.request.duration').flatMap(({ points }) => points)
  expect(counted.reduce((sum, { count }) => sum + Number(count), 0)).toBe(2)
})

test('the Prometheus port belongs to the main process: not to its worker, not to its forked child', async () => {
  const env = { OTEL_METRICS_EXPORTER: 'prometheus', OTEL_EXPORTER_PROMETHEUS_PORT: '0' }
  const { said, stderr } = await run({ file: 'apps/family.mjs', node, env })
  const { main, worker, child } = said[0] as Record<'main' | 'worker' | 'child', { health: Health }>
  expect(stderr).toBe('')
  expect(main.health.prometheus?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/)
  for (const other of [worker, child]) {
    expect(soundHealth(other as never)).not.toHaveProperty('prometheus')
    expect(other.health.signals.metrics.state).toBe('registered')
  }
})

const folder = (name: string): string => join(root, '.cache/system', name)

// An application of its own, with a copy of a package beside it or in a dependency of it.
function withCopy(name: string, copied: string, to: string, main: string): { file: string; copy: string } {
  const app = folder(name)
  const copy = join(app, to, 'node_modules', copied)
  rmSync(app, { recursive: true, force: true })
  mkdirSync(copy, { recursive: true })
  cpSync(realpathSync(join(root, 'node_modules', copied)), copy, { recursive: true })
  const manifest = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8')) as object
  writeFileSync(join(copy, 'package.json'), JSON.stringify({ ...manifest, version: '0.0.9' }))
  cpSync(fixture('apps/waiting.mjs'), join(app, 'apps/waiting.mjs'))
  cpSync(fixture('say.mjs'), join(app, 'say.mjs'))
  writeFileSync(join(app, 'main.mjs'), main)
  return { file: join(app, 'main.mjs'), copy }
}

test.each([
  ['@opentelemetry/api', 'of the application', undefined],
  ['@opentelemetry/api', 'that a dependency asks for a tracer', "trace.getTracer('dependency')"],
  ['@proprio/api', 'of a dependency', 'catalogue'],
])('two copies of %s, one %s, are named with their paths, and what to do', async (name, whose, use) => {
  const [to, imported] =
    use === undefined ? ['', ''] : ['node_modules/dependency', "import './node_modules/dependency/index.mjs'\n"]
  const app = `${name} ${whose}`.replaceAll(/\W/g, '_')
  const { file, copy } = withCopy(app, name, to, `${imported}import './apps/waiting.mjs'\n`)
  const [imports = ''] = use?.split('.') ?? []
  if (use !== undefined)
    writeFileSync(join(copy, '../../../index.mjs'), `import { ${imports} } from '${name}'\n${use}\n`)
  const { said, stderr } = await run({ file, node })
  const health = soundHealth(said[0]!)
  const doubled = health.selfCheck?.doubled.find((one) => one.name === name)
  expect(doubled?.copies).toHaveLength(2)
  expect(doubled?.copies).toContainEqual({ path: copy, version: '0.0.9' })
  for (const part of [copy, '0.0.9', 'npm dedupe']) expect(stderr).toContain(part)
})
