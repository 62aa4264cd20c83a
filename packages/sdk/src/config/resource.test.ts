// The resource of this process and of child processes: what it says by default, what only when asked, and where the name comes from.
import { execFile, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { ResourceDetector } from '@opentelemetry/resources'
import { expect, test } from 'vitest'
import { VERSION, createResource, readProcess, resolve } from './index.ts'
import type { Environment, RegisterOptions } from './index.ts'

const condition = '--conditions=@proprio/source'
const index = new URL('index.ts', import.meta.url).href

function attributesOf(options: RegisterOptions = {}, environment: Environment = {}) {
  return createResource(resolve(options, environment, { main: true }).config.resource, readProcess()).attributes
}

test('by default: service, host, process, distribution, and nothing that may hold a secret', () => {
  const resource = createResource(resolve({ service: 'shop' }, {}, { main: true }).config.resource, readProcess())
  expect(resource.asyncAttributesPending).toBeFalsy()
  expect(Object.keys(resource.attributes).toSorted()).toEqual([
    'host.arch',
    'host.name',
    'os.type',
    'os.version',
    'process.pid',
    'process.runtime.description',
    'process.runtime.name',
    'process.runtime.version',
    'service.instance.id',
    'service.name',
    'telemetry.distro.name',
    'telemetry.distro.version',
    'telemetry.sdk.language',
    'telemetry.sdk.name',
    'telemetry.sdk.version',
  ])
  expect(resource.attributes).toMatchObject({
    'service.name': 'shop',
    'host.name': hostname(),
    'process.pid': process.pid,
    'process.runtime.name': 'nodejs',
    'process.runtime.version': process.versions.node,
    'telemetry.distro.name': 'proprio',
    'telemetry.distro.version': VERSION,
    'telemetry.sdk.language': 'nodejs',
  })
})

test('the version is that of our package.json', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  expect(VERSION).toBe(version)
})

test('options before environment before detectors', () => {
  const attributes = attributesOf(
    { service: { name: 'shop', namespace: 'n' }, resource: { 'host.name': 'mine', a: ['x', 'y'] } },
    {
      OTEL_SERVICE_NAME: 'theirs',
      OTEL_RESOURCE_ATTRIBUTES: 'host.name=theirs,os.type=theirs,deployment.environment.name=test',
    },
  )
  expect(attributes).toMatchObject({
    'service.name': 'shop',
    'service.namespace': 'n',
    'host.name': 'mine',
    'os.type': 'theirs',
    'deployment.environment.name': 'test',
    a: ['x', 'y'],
  })
})

test('detectors: none, some, all that may hold secrets, one’s own, and one that throws', async () => {
  expect(attributesOf({ detectors: false })).not.toHaveProperty(['host.name'])
  expect(attributesOf({ detectors: ['host'] })).not.toHaveProperty(['process.pid'])
  const asked = attributesOf({ detectors: ['command'] })
  expect(asked['process.command_args']).toContain(process.execPath)
  expect(asked).toHaveProperty(['process.owner'])
  const own: ResourceDetector = { detect: () => ({ attributes: { now: 'a', later: Promise.resolve('b') } }) }
  const throwing: ResourceDetector = {
    detect() {
      throw new Error('no')
    },
  }
  const { config } = resolve({ detectors: ['process', own, throwing] }, {}, { main: true })
  const resource = createResource(config.resource, readProcess())
  expect(resource.asyncAttributesPending).toBe(true)
  await resource.waitForAsyncAttributes?.()
  expect(resource.attributes).toMatchObject({ now: 'a', later: 'b', 'process.pid': process.pid })
})

const program = `
import { createResource, readProcess, resolve } from ${JSON.stringify(index)}
const { config } = resolve({}, process.env, readProcess())
const { attributes } = createResource(config.resource, readProcess())
console.log(JSON.stringify({ attributes, main: readProcess().main }))`

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'proprio-resource-'))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

interface Said {
  readonly attributes: Record<string, unknown>
  readonly main: boolean
}

async function run(script: string): Promise<Said> {
  const { stdout } = await promisify(execFile)(process.execPath, [condition, script, '--password=hunter2'])
  expect(stdout).not.toContain('hunter2')
  return JSON.parse(stdout) as Said
}

test('service.name is what the package.json nearest above the main script says, through links too', async () => {
  const folder = folderWith({
    'package.json': '{ "name": "outer", "version": "9.9.9" }',
    'app/package.json': '{ "type": "module" }',
    'app/src/main.mjs': program,
    'elsewhere/package.json': '{ "name": "elsewhere" }',
  })
  symlinkSync(join(folder, 'app/src/main.mjs'), join(folder, 'elsewhere/link.mjs'))
  for (const script of ['app/src/main.mjs', 'elsewhere/link.mjs']) {
    const { attributes, main } = await run(join(folder, script))
    expect(attributes).toMatchObject({ 'service.name': 'outer', 'service.version': '9.9.9' })
    expect(main).toBe(true)
  }
})

test('service.name without one', async () => {
  const { attributes } = await run(join(folderWith({ 'package.json': 'not json', 'main.mjs': program }), 'main.mjs'))
  expect(attributes['service.name']).toBe('unknown_service:node')
  expect(attributes).not.toHaveProperty('service.version')
})

const instanceOf = ({ attributes }: Said) => attributes['service.instance.id']

test('every process, fork and worker thread is an instance of its own, and only the first of them is main', async () => {
  const script = join(folderWith({ 'main.mjs': program }), 'main.mjs')
  const child = fork(script, { execArgv: [condition], silent: true })
  const forked = JSON.parse(await text(child.stdout ?? fail())) as Said
  const worker = new Worker(script, { execArgv: [condition], stdout: true })
  const threaded = JSON.parse(await text(worker.stdout)) as Said
  const first = await run(script)
  expect([first.main, forked.main, threaded.main]).toEqual([true, false, false])
  expect(new Set([first, forked, threaded].map(instanceOf)).size).toBe(3)
  expect(instanceOf(threaded)).toMatch(/^[0-9a-f-]{36}$/)
})

function fail(): never {
  throw new Error('the child has no output')
}
