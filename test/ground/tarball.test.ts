import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attwProblems, pack, publintProblems, tarballProblems } from './tarball.ts'
import type { Tarball } from './tarball.ts'
import { packages, root } from './workspace.ts'

const folder = mkdtempSync(join(tmpdir(), 'proprio-tarball-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe.each(packages.filter(({ manifest }) => !manifest.private))('$manifest.name', (of) => {
  let tarball: Tarball
  beforeAll(async () => {
    tarball = await pack(join(root, of.folder), folder)
  })
  test('publint', async () => expect(await publintProblems(tarball)).toEqual([]))
  test('attw', async () => expect(await attwProblems(tarball)).toEqual([]))
  test('fields, doors, README and maps', () => expect(tarballProblems(tarball)).toEqual([]))
})

describe('a package that is wrong', () => {
  const made: Readonly<Record<string, string>> = {
    'package.json': JSON.stringify({
      name: 'wrong',
      version: '1.0.0',
      type: 'module',
      files: ['dist'],
      exports: {
        '.': { default: './dist/index.js', types: './dist/index.d.ts' },
        './gone': { '@proprio/source': './src/gone.ts', types: './dist/gone.d.ts', default: './dist/gone.js' },
      },
    }),
    'dist/index.js': 'exports.a = 1',
    'dist/index.d.ts': "export { a } from './inner'\nexport default 1",
    'dist/inner.d.ts': 'export declare const a: number',
    'dist/left-over.js': 'export {}',
    'dist/left-over.js.map': JSON.stringify({ version: 3, sources: ['../src/left-over.ts'], mappings: '' }),
    'dist/index.test.js': '',
  }
  for (const [path, text] of Object.entries(made)) {
    mkdirSync(dirname(join(folder, 'wrong', path)), { recursive: true })
    writeFileSync(join(folder, 'wrong', path), text)
  }
  let tarball: Tarball
  beforeAll(async () => {
    tarball = await pack(join(folder, 'wrong'), folder)
  })

  test('publint says so', async () => {
    const problems = (await publintProblems(tarball)).join('\n')
    expect(problems).toContain('FILE_DOES_NOT_EXIST')
    expect(problems).toContain('EXPORTS_TYPES_SHOULD_BE_FIRST')
  })

  test('attw says so', async () => {
    const problems = (await attwProblems(tarball)).join('\n')
    expect(problems).toContain('InternalResolutionError')
    expect(problems).toContain('NoResolution')
  })

  test('so do we', () =>
    expect(tarballProblems(tarball)).toEqual([
      'wrong: license is Apache-2.0',
      'wrong: engines.node is >=22.15.0',
      'wrong: sideEffects is said',
      'wrong: description is said',
      'wrong: exports has ./package.json',
      'wrong: exports . is { @proprio/source, types, default }, in this order',
      'wrong: README.md is there',
      'wrong: dist/index.test.js stays at home',
      'wrong: exports ./src/gone.ts, which is not there',
      'wrong: exports ./dist/gone.d.ts, which is not there',
      'wrong: exports ./dist/gone.js, which is not there',
      'wrong: dist/left-over.js.map points at src/left-over.ts, which is neither there nor in the map: npm run clean',
      'wrong: dist/index.js has no source map',
      'wrong: dist/index.test.js has no source map',
    ]))
})
