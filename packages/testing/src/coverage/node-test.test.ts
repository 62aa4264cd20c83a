// The floor at the end of a run of node:test, as one of its users would write it.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const file = fileURLToPath(new URL('fixtures/node-test.mjs', import.meta.url))

const run = (floor: number): Promise<{ stdout: string }> =>
  promisify(execFile)(process.execPath, ['--conditions=@proprio/source', '--test', '--test-reporter=tap', file], {
    env: { ...process.env, FLOOR: String(floor) },
  })

test('above the floor the run passes', async () => {
  expect((await run(0.5)).stdout).toContain('# fail 0')
})

test('below it the run fails, and says of what', async () => {
  const { code, stdout } = await run(0.9).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => error,
  )
  expect(code).toBe(1)
  expect(stdout).toContain('coverage is below the floor of 90%: shop is at 50%.')
  expect(stdout).toContain('never emitted  order.pay    operation')
})
