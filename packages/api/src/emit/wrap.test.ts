// Functions and methods that are an operation; the decorator as `tsc` lowers it, run by Node.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@proprio/testing/vitest'
import { flow } from '../call-site/flow.ts'
import { counted } from '../fixtures/counted.ts'

const { node } = flow.workflow
const execute = promisify(execFile)

test('a wrapped function is the operation: attributes from its arguments, `this`, value and errors its own', async ({
  telemetry,
}) => {
  const error = new Error('mine')
  const scan = node.wrap((name: string) => ({ node: name }))(async function (
    this: { by: number } | void,
    name: string,
  ) {
    if (name === 'bad') throw error
    return name.length * (this?.by ?? 1)
  })
  expect(await scan('abc')).toBe(3)
  expect(await scan.call({ by: 2 }, 'abc')).toBe(6)
  await expect(scan('bad')).rejects.toBe(error)
  expect(telemetry).toHaveSpans(2, 'node abc', { 'flow.workflow.node': 'abc' })
  for (const span of telemetry.spans('node abc')) expect(span).toHaveStatus('unset')
  expect(telemetry.span('node bad')).toHaveStatus('error', 'mine')
})

test('it looks like the original: name, length, and what hangs on it', () => {
  const handler = (a: string, _b: number) => a
  handler.schema = { a: 'string' }
  const wrapped = node.wrap((a: string, _b: number) => ({ node: a }))(handler)
  expect([wrapped.name, wrapped.length]).toEqual(['handler', 2])
  expect((wrapped as unknown as typeof handler).schema).toBe(handler.schema)
})

test('attributes that throw, and what is no function, are counted and change nothing', async () => {
  const throwing = node.wrap(() => {
    throw new Error('attributes')
  })(() => 5)
  expect(await counted('internal_error', () => expect(throwing()).toBe(5))).toBe(1)
  const nothing = node.wrap(() => ({ node: 'a' }))
  expect(await counted('not_a_function', () => expect(nothing(5 as never)).toBe(5))).toBe(1)
})

const decorated = `
import { catalogue, operation, text } from '@proprio/api'
const shop = catalogue('shop', { version: '1' }, { task: { run: operation({
  summary: 's', span: 'run {name}', attributes: { name: text('n', { required: true, dimension: { atMost: 9 } }) } }) } })
class Engine {
  readonly by: number
  constructor(by: number) { this.by = by }
  @shop.task.run.wrap((name: string) => ({ name }))
  async run(name: string): Promise<number> { return name.length * this.by }
  @shop.task.run.wrap(() => ({ name: 'static' }))
  static make(): Engine { return new Engine(2) }
  @shop.task.run.wrap((name: string) => ({ name }))
  #secret(name: string): string { if (name === 'bad') throw new Error('mine'); return name }
  open(name: string): string { return this.#secret(name) }
}
const engine = Engine.make()
let message = ''
try { engine.open('bad') } catch (error) { message = (error as Error).message }
console.log(JSON.stringify([await engine.run('abc'), engine.open('ok'), message, engine.run.name]))
`

test('as a TC39 decorator of methods, static and private ones too, compiled by tsc', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'proprio-decorator-'))
  try {
    const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url))
    await symlink(modules, join(folder, 'node_modules'))
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    await writeFile(join(folder, 'main.ts'), decorated)
    const config = {
      compilerOptions: {
        target: 'es2024',
        module: 'nodenext',
        strict: true,
        types: ['node'],
        lib: ['esnext'],
        skipLibCheck: true,
        noEmitOnError: true,
      },
      files: ['main.ts'],
    }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
    await execute(join(modules, '.bin', 'tsc'), ['-p', folder], { cwd: folder })
    const lowered = await readFile(join(folder, 'main.js'), 'utf8')
    expect(lowered).not.toMatch(/^\s*@shop/m)
    const { stdout } = await execute(process.execPath, ['--conditions=@proprio/source', 'main.js'], { cwd: folder })
    expect(JSON.parse(stdout)).toEqual([6, 'ok', 'mine', 'run'])
  } finally {
    await rm(folder, { recursive: true })
  }
})
