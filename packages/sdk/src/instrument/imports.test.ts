import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

// Unmodified programs in processes of their own, one a way of importing node:http, under `node --import`.

interface Seen {
  readonly kind: 'CLIENT' | 'SERVER'
  readonly url: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
}

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))

test.each([
  ['the default import', 'default.mjs'],
  ['named imports', 'named.mjs'],
  ['the namespace', 'namespace.mjs'],
  ['require, taken apart', 'required.cjs'],
])('http, https and fetch are seen through %s', async (_way, program) => {
  const flags = ['--conditions=@proprio/source', '--import', fixture('start.mjs')]
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, fixture(program)])
  const spans = JSON.parse(stdout) as Seen[]
  expect(spans.map(({ kind, url }) => `${kind} ${new URL(url, 'http://server').pathname}`).toSorted()).toEqual([
    'CLIENT /fetch',
    'CLIENT /get',
    'CLIENT /https',
    'CLIENT /request',
    'SERVER /fetch',
    'SERVER /get',
    'SERVER /request',
  ])
  for (const server of spans.filter(({ kind }) => kind === 'SERVER')) {
    const client = spans.find(({ spanId }) => spanId === server.parentSpanId)
    expect(client).toMatchObject({ kind: 'CLIENT', traceId: server.traceId, url: expect.stringContaining(server.url) })
  }
})
