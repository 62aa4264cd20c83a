import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SelfCheckResult, startSelfCheck } from './index.ts'

interface Report {
  readonly early: SelfCheckResult | null
  readonly warned: readonly string[]
  readonly result: SelfCheckResult
  readonly again: boolean
}

type Step = readonly [how: 'require' | 'import', name: string]

let folder: string

const install = (name: string, version: string): string => {
  const path = join(folder, 'node_modules', name)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'package.json'), JSON.stringify({ name, version, main: 'index.js' }))
  writeFileSync(join(path, 'index.js'), 'exports.answer = 42')
  return path
}

// An application outside the repository, run in a process of its own.
const run = async (steps: { before?: readonly Step[]; after?: readonly Step[] }, first = ''): Promise<Report> => {
  const main = join(folder, 'app.mjs')
  const wanting = new URL('fixtures/wanting.mjs', import.meta.url)
  const text = `${first}\nconst { application } = await import('${wanting.href}')\nawait application('${main}', ${JSON.stringify(steps)})`
  writeFileSync(main, text)
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@proprio/source', main])
  return JSON.parse(stdout) as Report
}

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'proprio-')))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a module that an instrumentation wants', () => {
  beforeEach(() => install('wanted', '1.2.3'))

  test('and that was loaded before it is named, once', async () => {
    const { early, warned, result, again } = await run({ before: [['require', 'wanted']] })
    expect(early).toBeNull()
    expect(result.unpatched).toEqual([
      {
        module: 'wanted',
        instrumentation: 'instrumentation-wanting',
        path: join(folder, 'node_modules/wanted/index.js'),
        reason: 'loaded-before',
      },
    ])
    expect(warned).toEqual(['wanted was loaded before instrumentation-wanting, and makes no telemetry'])
    expect(again).toBe(true)
  })

  test.each<[string, { before?: readonly Step[]; after?: readonly Step[] }]>([
    ['and that is not there', {}],
    ['and that is loaded after it', { after: [['require', 'wanted']] }],
    ['and that is asked for again after it', { before: [['require', 'wanted']], after: [['require', 'wanted']] }],
  ])('%s gives no warning', async (_when, steps) => {
    expect(await run(steps)).toMatchObject({ warned: [], result: { unpatched: [], doubled: [] } })
  })

  test('and that ESM imported where no loader hook could see it is named', async () => {
    const { warned, result } = await run({ after: [['import', 'wanted']] })
    expect(result.unpatched).toMatchObject([{ module: 'wanted', reason: 'loaded-past-the-hook' }])
    expect(warned).toHaveLength(1)
  })
})

const ours = (name: string): string =>
  realpathSync(fileURLToPath(new URL(`../../../../node_modules/${name}`, import.meta.url)))

describe('a doubled API', () => {
  test.each(['@opentelemetry/api', '@proprio/api'])(
    '(%s) that the application would get is named with both paths',
    async (name) => {
      const theirs = install(name, '0.9.0')
      const { warned, result } = await run({})
      expect(result.doubled).toMatchObject([{ name, mend: expect.stringContaining(`npm ls ${name}`) }])
      const copies = result.doubled[0]?.copies ?? []
      expect(copies).toHaveLength(2)
      expect(copies[1]).toEqual({ path: theirs, version: '0.9.0' })
      expect(copies[0]?.path).toBe(ours(name))
      expect(warned[0]).toContain(`0.9.0 in ${theirs}`)
    },
  )

  test('that some dependency has loaded for itself is named', async () => {
    const dependency = install('dependency', '1.0.0')
    const theirs = join(dependency, 'node_modules/@opentelemetry/api')
    cpSync(ours('@opentelemetry/api'), theirs, { recursive: true })
    writeFileSync(join(dependency, 'index.js'), "require('@opentelemetry/api')")
    const { result } = await run({ before: [['require', 'dependency']] })
    expect(result.doubled).toMatchObject([{ name: '@opentelemetry/api', copies: [{}, { path: theirs }] }])
  })

  test('that has registered first, from a place unknown, is named by its version', async () => {
    const { result } = await run({}, "globalThis[Symbol.for('opentelemetry.js.api.1')] = { version: '1.4.1' }")
    expect(result.doubled[0]?.copies).toMatchObject([{}, { version: '1.4.1' }])
  })
})

test('stopped in time, it neither checks nor warns', async () => {
  const warned: string[] = []
  const { stop, result } = startSelfCheck({ instrumentations: [], warn: (line) => warned.push(line), afterMs: 10 })
  stop()
  await new Promise((resolve) => setTimeout(resolve, 40))
  expect(result()).toBeUndefined()
  expect(warned).toEqual([])
})
