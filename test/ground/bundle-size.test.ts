import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { measure, sizeProblems } from './bundle-size.ts'
import type { Sizes } from './bundle-size.ts'
import { packages, root } from './workspace.ts'

test('no public entry grew by more than 5 % over what is recorded', async () => {
  const recorded = JSON.parse(readFileSync(new URL('bundle-size.json', import.meta.url), 'utf8')) as Sizes
  expect(sizeProblems(recorded, await measure(root, packages))).toEqual([])
})

test('fails: grown, not recorded, recorded and gone; holds: 5 %, smaller', () =>
  expect(
    sizeProblems({ grown: 1000, same: 1000, less: 1000, gone: 1 }, { grown: 1051, same: 1050, less: 10, other: 1 }),
  ).toEqual([
    'grown grew by 5.1 %, from 1000 to 1051 bytes; if it is worth it: npm run record-sizes',
    'gone is recorded and no entry: npm run record-sizes',
    'other is not recorded: npm run record-sizes',
  ]))

test('measures what an entry brings along and leaves out what is installed beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'proprio-size-'))
  mkdirSync(join(folder, 'dist'))
  writeFileSync(
    join(folder, 'dist/index.js'),
    "import { used } from './inner.js'; import 'installed'; console.log(used)",
  )
  const inner = (bytes: number) =>
    writeFileSync(join(folder, 'dist/inner.js'), `export const used = '${'x'.repeat(bytes)}', unused = 'dropped'`)
  const made = { folder: '', manifest: { name: 'made', exports: { '.': { default: './dist/index.js' } } }, sources: [] }
  inner(1000)
  const first = await measure(folder, [made])
  inner(3000)
  const second = await measure(folder, [made])
  rmSync(folder, { recursive: true })
  expect((second['made'] ?? 0) - (first['made'] ?? 0)).toBe(2000)
  expect(first['made']).toBeLessThan(1200)
})
