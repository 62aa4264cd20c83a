// `node --import @proprio/sdk/register app.js`, from the built package: applications that were not changed, ESM and CommonJS.
import { cpSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Health } from '@proprio/sdk'
import type { SpanRecord } from '@proprio/store'
import type { MetricSeries } from '@proprio/testing'
import { expect } from '@proprio/testing/vitest'
import { test } from 'vitest'
import { fixture, run, runSending } from './child.ts'
import { soundHealth } from './sound.ts'

const node = ['--import', '@proprio/sdk/register']
const root = fixture('../../..')

test.each([
  ['app.mjs', undefined, 'proprio-workspace'],
  ['app.cjs', '/users/:id', 'shop'],
])('%s: incoming and outgoing requests, in one trace each, delivered at its end', async (file, route, service) => {
  const env = { ...(route && { OTEL_SERVICE_NAME: 'shop' }) }
  const { telemetry, rejected, ...ran } = await runSending({ file: `apps/${file}`, node, env })
  expect(ran).toEqual({ code: 3, signal: null, said: [], stderr: '' })
  expect(rejected.problems).toEqual([])
  expect(telemetry).toHaveSpans(4)
  const incoming = {
    span: route === undefined ? 'GET' : `GET ${route}`,
    kind: 'server',
    attributes: { 'http.route': route },
  } as const
  for (const scope of ['@opentelemetry/instrumentation-http', '@proprio/sdk/fetch']) {
    const outgoing = (span: SpanRecord) => span.scope.name === scope
    expect(telemetry).toHaveTrace({ span: outgoing, kind: 'client', exact: true, children: [incoming] })
    // The exporters' own requests are in neither signal.
    const measured = (series: MetricSeries) =>
      series.name === 'http.client.request.duration' && series.scope.name === scope
    expect(telemetry).toHaveMetric(measured, { count: 1 })
  }
  for (const { resource } of telemetry.spans()) expect(resource['service.name']).toBe(service)
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
