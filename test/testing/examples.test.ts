// The examples of @proprio/testing, run as their readers run them: by `npm test` in their folder, against the built packages.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { packages, root } from '../ground/workspace.ts'

const examples = packages.filter(({ folder }) => folder.startsWith('packages/testing/examples/'))

test('there is one for vitest and one for node:test', () =>
  expect(examples.map(({ manifest }) => manifest.scripts?.['test']?.split(' ', 2))).toEqual([
    ['vitest', 'run'],
    ['node', '--test'],
  ]))

test.each(examples)('$manifest.name', { timeout: 120_000 }, async ({ folder }) => {
  const environment = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_OPTIONS|NODE_TEST|OTEL_)/.test(name),
  )
  const { code, stdout, stderr } = await promisify(execFile)('npm', ['test'], {
    cwd: join(root, folder),
    env: { ...Object.fromEntries(environment), CI: 'true', NO_COLOR: '1' },
  }).then(
    (said) => ({ code: 0, ...said }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  )
  expect(code, stdout + stderr).toBe(0)
  expect(stdout).toMatch(/Tests {2}\d+ passed \(\d+\)|pass \d+\n.*fail 0/)
})
