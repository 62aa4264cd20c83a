import { fileURLToPath } from 'node:url'
import type { SpanRecord } from '@proprio/store'
import { launch } from '@proprio/testing'
import { expect } from '@proprio/testing/vitest'
import { test } from 'vitest'

// Unmodified programs in processes of their own, one a way of importing node:http, under `node --import`.

const flags = ['--conditions=@proprio/source', '--import', '@proprio/sdk/register']

const to =
  (path: string) =>
  ({ attributes }: SpanRecord): boolean =>
    new URL(String(attributes['url.full'] ?? attributes['url.path']), 'http://server').pathname === path

test.each([
  ['the default import', 'default.mjs'],
  ['named imports', 'named.mjs'],
  ['the namespace', 'namespace.mjs'],
  ['require, taken apart', 'required.cjs'],
])('http, https and fetch are seen through %s', async (_way, program) => {
  const path = fileURLToPath(new URL(`fixtures/${program}`, import.meta.url))
  const { telemetry, exitCode } = await launch([process.execPath, ...flags, path])
  expect(exitCode).toBe(0)
  expect(telemetry).toHaveSpans(7)
  for (const answered of ['/get', '/request', '/fetch'].map(to))
    expect(telemetry).toHaveTrace({ span: answered, kind: 'client', children: [{ span: answered, kind: 'server' }] })
  expect(telemetry).toHaveTrace({ span: to('/https'), kind: 'client', exact: true })
})
