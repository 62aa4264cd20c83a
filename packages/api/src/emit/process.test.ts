// What only a process of its own can show: rejections that nobody handles, and handles that nobody holds any more.
import { describe, expect, test } from 'vitest'
import { oneOperation, runProgram } from '../fixtures/child.ts'

describe('a dropped rejection ends the process as it would without us', () => {
  test.each([
    ['an SDK is there', 'record()'],
    ['no SDK is there', ''],
    ['the layer is off', 'record(); api.switchLayers({ task: false })'],
    ['the layer is at warn', "record(); api.switchLayers({ task: 'warn' })"],
  ])('%s', async (_name, setUp) => {
    const { code, stderr } = await runProgram(
      `${oneOperation}\n${setUp}\none.task.run({}, async () => { throw new Error('dropped') })`,
    )
    expect(stderr).toContain('Error: dropped')
    expect(code).toBe(1)
  })

  test('a handled one does not, and a stream’s is handled until it is iterated', async () => {
    const { code, stdout, stderr } = await runProgram(`
      ${oneOperation}
      const recording = record()
      one.task.run({}, async () => { throw new Error('x') }).catch(() => {})
      const stream = one.task.run.stream({}, async () => { throw new Error('late') })
      await new Promise((resolve) => setTimeout(resolve, 20))
      try { for await (const _ of stream); } catch (error) { console.log(error.message) }
      console.log(recording.spans.map((span) => span.status.message).join(), runtime.emitterHealth().open)
    `)
    expect([code, stdout, stderr]).toEqual([0, 'late\nx,late 0\n', ''])
  })
})

test('what was left open is abandoned when its handle is collected', async () => {
  const { code, stdout, stderr } = await runProgram(
    `
    ${oneOperation}
    const recording = record()
    async function* numbers() { yield 1 }
    const leave = () => {
      one.task.run.start({})
      one.task.run.stream({}, numbers)
      one.task.run({}, () => ({ then() {} }))
      const iterator = one.task.run.stream({}, numbers)[Symbol.asyncIterator]()
      iterator.next()
    }
    leave()
    const held = one.task.run.start({})
    console.log(runtime.emitterHealth().open)
    for (let n = 0; n < 200 && recording.spans.length < 4; n++) {
      await new Promise((resolve) => setTimeout(resolve, 10))
      gc()
    }
    console.log(recording.spans.map((span) => span.attributes['error.type']).join())
    const { open, counts } = runtime.emitterHealth()
    console.log(open, counts.abandoned, typeof held.end)
    `,
    ['--expose-gc'],
  )
  expect([code, stdout, stderr]).toEqual([0, '5\nabandoned,abandoned,abandoned,abandoned\n1 4 function\n', ''])
})

test('hashes are equal across processes that share PROPRIO_HASH_KEY, and differ where they do not', async () => {
  const program = `
    const c = api.catalogue('c', { version: '1' }, { a: { b: api.operation({ summary: 's', span: 'x',
      attributes: { user: api.id('u', { sensitive: 'hash' }) } }) } })
    const recording = record()
    for (const user of ['ann', 'ann', 'bob']) c.a.b({ user }, () => {})
    console.log(recording.spans.map((span) => span.attributes['c.a.user']).join(' '))
  `
  const hashes = async (env: NodeJS.ProcessEnv) => (await runProgram(program, [], env)).stdout.trim().split(' ')
  const [first, second, other, random] = await Promise.all([
    hashes({ PROPRIO_HASH_KEY: 'k1' }),
    hashes({ PROPRIO_HASH_KEY: 'k1' }),
    hashes({ PROPRIO_HASH_KEY: 'k2' }),
    hashes({}),
  ])
  expect(first).toEqual(second)
  expect(first?.[0]).toMatch(/^[\da-f]{32}$/)
  expect(first?.[0]).toBe(first?.[1])
  expect(new Set([first?.[0], first?.[2], other?.[0], random?.[0]]).size).toBe(4)
})

test('observing keeps no process alive', async () => {
  const { code, stdout } = await runProgram(`
    const c = api.catalogue('c', { version: '1' }, { a: { b: api.gauge({ summary: 's', unit: '1' }) } })
    c.a.b.observe(() => 1)
    console.log('done')
  `)
  expect([code, stdout]).toEqual([0, 'done\n'])
})
