import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copyProblems, lockProblems, manifestPins } from './pins.ts'
import type { Lock } from './pins.ts'
import { packages, root, rootManifest } from './workspace.ts'
import type { Manifest } from './workspace.ts'

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock

// What is really there, not what the lock says of it: node_modules of the root, of a package, and nested ones.
const installed = (): Record<string, string> =>
  Object.fromEntries(
    globSync(
      ['node_modules/**/@opentelemetry/*/package.json', 'packages/*/node_modules/**/@opentelemetry/*/package.json'],
      {
        cwd: root,
      },
    )
      // Not what tools keep in hidden folders.
      .filter((path) => !path.includes('/.') && /node_modules\/@opentelemetry\/[^/]+\/package\.json$/.test(path))
      .map((path) => [
        path.replace('/package.json', ''),
        (JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest).version ?? '',
      ]),
  )

test('every package.json pins the one matching set', () =>
  expect([
    ...manifestPins('package.json', rootManifest),
    ...packages.flatMap(({ folder, manifest }) => manifestPins(`${folder}/package.json`, manifest)),
  ]).toEqual([]))

test('node_modules holds one copy of each package of OpenTelemetry', () => {
  const found = installed()
  expect(Object.keys(found)).toContain('node_modules/@opentelemetry/sdk-trace')
  expect(copyProblems(found)).toEqual([])
})

test('the lock holds no download addresses, a hash of everything, and the binaries of every platform', () =>
  expect(lockProblems(lock)).toEqual([]))

test('the root is private and approves install scripts by name', () => {
  expect(rootManifest).toMatchObject({ private: true, type: 'module', allowScripts: { node: true } })
})

test.each<[string, Partial<Manifest>]>([
  ['@opentelemetry/core 3.1.1, not 3.1.0', { dependencies: { '@opentelemetry/core': '3.1.1' } }],
  ['@opentelemetry/core ^3.1.0, not 3.1.0', { dependencies: { '@opentelemetry/core': '^3.1.0' } }],
  ['@opentelemetry/sdk-trace-base belongs to', { devDependencies: { '@opentelemetry/sdk-trace-base': '2.12.1' } }],
  ['vitest ^5.1.1 is no exact version', { devDependencies: { vitest: '^5.1.1' } }],
  ['is a peer, not a dependency', { dependencies: { '@opentelemetry/api': '1.10.0' } }],
  ['peer @opentelemetry/api >=1', { peerDependencies: { '@opentelemetry/api': '>=1' } }],
])('fails: %s', (problem, manifest) => expect(manifestPins('x', { name: 'x', ...manifest }).join()).toContain(problem))

test('fails: a second copy, another version, a package of 2.x, an incomplete lock, an address', () => {
  expect(
    copyProblems({
      'node_modules/@opentelemetry/core': '3.1.1',
      'node_modules/a/node_modules/@opentelemetry/core': '3.1.0',
      'node_modules/@opentelemetry/api-logs': '0.223.1',
      'node_modules/@opentelemetry/resources': '3.1.0',
    }),
  ).toHaveLength(3)
  expect(
    lockProblems({
      packages: {
        'node_modules/a': {
          resolved: 'somewhere',
          integrity: 'sha512-',
          optionalDependencies: { 'a-mac': '1', 'a-linux': '1' },
        },
        'node_modules/a-linux': {},
        'node_modules/ours': { resolved: 'packages/ours', link: true },
      },
    }),
  ).toEqual([
    'node_modules/a: resolved somewhere',
    'node_modules/a: a-mac is missing',
    'node_modules/a-linux: no integrity',
  ])
})
