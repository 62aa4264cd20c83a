// The stress test as a part of the suite, twice instead of fifty times: with as many tests and files at once. `npm run stress` is all of it.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const times = 2
const vitest = fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')))
const config = fileURLToPath(new URL('vitest.config.ts', import.meta.url))

test('200 tests at once in each of 8 files see all of their own and none of another’s', async () => {
  const environment = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS|OTEL_)/.test(name))
  const { stdout } = await promisify(execFile)(process.execPath, [vitest, 'run', '--config', config], {
    env: { ...Object.fromEntries(environment), STRESS_TIMES: String(times) },
  }).catch((error: { stdout: string }) => error)
  const each = { tests: 200, spans: 3200, events: 1200, measurements: 6350, foreign: 0, lost: 0, unclaimed: 0 }
  const totals = Object.entries(each).map(([what, count]) => `${(8 * times * count).toLocaleString('en')} ${what}`)
  expect(stdout.trim().split('\n').at(-1), stdout).toBe(`8 files, ${totals.join(', ')}`)
}, 300_000)
