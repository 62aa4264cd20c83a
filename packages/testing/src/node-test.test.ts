// The core with Node's own test runner, as one of its users would write it.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const file = fileURLToPath(new URL('fixtures/node-test.mjs', import.meta.url))

test('tests of node:test, at once, see their own', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=@proprio/source',
    '--test',
    '--test-reporter=tap',
    file,
  ])
  expect(stdout).toMatch(/# pass 20\n# fail 0/)
})
