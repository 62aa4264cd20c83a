// @proprio/testing as it is installed, beside vitest 4 and vitest 5: what a suite of its users says, in every pool.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Tarball } from '../ground/tarball.ts'
import { installed, packed, type Project } from './project.ts'

let tarballs: readonly Tarball[]
beforeAll(async () => {
  tarballs = await packed()
}, 120_000)

const majors = [
  { version: '4.1.12', folder: 'test/testing/vitest-4/node_modules/vitest', entry: '@proprio/testing/vitest/v4' },
  { version: '5.1.1', folder: 'node_modules/vitest', entry: '@proprio/testing/vitest' },
]

const oneLine = { setupFiles: ['@proprio/testing/vitest/setup'] }
const ofItsOwn = { setupFiles: ['./suite/setup.ts'] }
const shared = { isolate: false, fileParallelism: false }
const anyOrder = { sequence: { shuffle: true, seed: 3 } }

/** And how often a module is evaluated that two files import. */
const ways = [
  { way: 'forks', evaluations: 2, options: { pool: 'forks', ...oneLine } },
  { way: 'threads, in any order', evaluations: 2, options: { pool: 'threads', ...ofItsOwn, ...anyOrder } },
  { way: 'one fork for all files', evaluations: 1, options: { pool: 'forks', ...shared, ...oneLine } },
  { way: 'one thread for all files', evaluations: 1, options: { pool: 'threads', ...shared, ...ofItsOwn } },
  // One context for each file in vitest 5, one for all of a thread in vitest 4.
  { way: 'vmThreads', evaluations: undefined, options: { pool: 'vmThreads', ...oneLine } },
]

describe.each(majors)('vitest $version', (vitest) => {
  let project: Project
  beforeAll(() => {
    project = installed(tarballs, vitest)
  })
  afterAll(() => project.remove())

  test('is what runs', () =>
    expect(JSON.parse(project.reads('node_modules/vitest/package.json'))).toHaveProperty('version', vitest.version))

  test.each(ways)('$way: each test has its own', { timeout: 120_000 }, async ({ options, evaluations }) => {
    const before = evaluated(project)
    const told = await project.tells({ include: ['suite/*.spec.ts'], exclude: ['suite/fails.spec.ts'], ...options })
    expect(told.failures).toEqual([])
    expect(told.states).toEqual({
      'own.spec.ts': { passed: 28, skipped: 3, todo: 1 },
      'plain.spec.ts': { passed: 5 },
      'plainly-again.spec.ts': { passed: 1 },
      'registers.spec.ts': { passed: 2 },
      'second.spec.ts': { passed: 2 },
      'third.spec.ts': { passed: 2 },
    })
    if (evaluations !== undefined) expect(evaluated(project) - before).toBe(evaluations)
  })

  test('a telemetry in a snapshot is its tree', () =>
    expect(project.reads('suite/__snapshots__/own.spec.ts.snap')).toContain(
      [
        'exports[`as a snapshot 1`] = `',
        'sell shop.task.customer="ann" shop.task.items=2',
        '  · shop.task.sold shop.task.customer="ann"',
        '  pay shop.task.amount=200',
        '`;',
      ].join('\n'),
    ))

  test(
    'one fork for all files, no setup file: fixtures that files share are recorded',
    { timeout: 60_000 },
    async () => {
      const told = await project.tells({ include: ['suite/{second,third}.spec.ts'], ...shared })
      expect(told.failures).toEqual([])
      expect(told.states).toEqual({ 'second.spec.ts': { passed: 2 }, 'third.spec.ts': { passed: 2 } })
    },
  )

  test('settled() does not stand still where timers did before it was loaded', { timeout: 60_000 }, async () => {
    const setupFiles = ['./suite/stands-still.ts']
    const testNamePattern = 'settled\\(\\)'
    const told = await project.tells({ include: ['suite/own.spec.ts'], setupFiles, testNamePattern, testTimeout: 5000 })
    expect(told.failures).toEqual([])
    expect(told.states['own.spec.ts']).toMatchObject({ passed: 1 })
  })

  test('a test that nobody records says what to do', { timeout: 60_000 }, async () => {
    const { failures } = await project.tells({ include: ['suite/plain.spec.ts'] })
    expect(failures).toHaveLength(5)
    expect(failures[0]).toContain('currentTelemetry(): no test is being recorded here.')
  })

  test('what fails is printed with its diff, its trace and what no test emits', { timeout: 60_000 }, async () => {
    const ours = ['trace', 'coverage'].map((name) => `@proprio/testing/vitest/${name}-reporter`)
    const printed = await project.prints({ include: ['suite/fails.spec.ts'], reporters: ['default', ...ours] })
    expect(printed).toContain(`> sell shop.task.customer="ann" shop.task.items=2
    · shop.task.sold shop.task.customer="ann"
    pay shop.task.amount=200`)
    expect(printed).toContain(`- Expected
+ Received

  {
-   "shop.task.customer": "bob",
+   "shop.task.customer": "ann",
    "shop.task.items": 2,
  }`)
    expect(printed).toContain('hint: "sell" is still open')
    expect(printed).toContain('suite/fails.spec.ts:7:21')
    expect(printed).toMatch(/Tests {2}2 failed \(2\)/)
    expect(printed).toMatch(/Traces of failed tests\n\nFAIL suite\/fails.spec.ts > another customer\n {2}sell \d+ ms /)
    expect(printed).toMatch(/Coverage of event types\n\nshop 1.0.0 {2}\d/)
  })

  test(
    'what is typed wrongly does not compile and the rest does, declarations included',
    { timeout: 60_000 },
    async () => expect(await project.compiles('suite/types.ts')).toBe(''),
  )
})

const evaluated = (project: Project): number => project.reads('suite/evaluations.log').split('\n').length
