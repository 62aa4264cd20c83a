import { describe, expect, test } from 'vitest'
import { memoryStore } from '@proprio/store'
import type { Followed } from '@proprio/store'
import { exampleSpan } from '@proprio/store/contract'

async function take(followed: AsyncIterator<Followed, undefined>, count: number): Promise<unknown[]> {
  const taken: unknown[] = []
  while (taken.length < count) {
    const { value } = await followed.next()
    taken.push(value?.event?.attributes['flow.number'] ?? value?.gap)
  }
  return taken
}

describe('a follower', () => {
  test('that begins where the store no longer reaches is told so, and then what is left', async () => {
    const store = memoryStore({ maxEvents: 5 })
    for (let number = 1; number <= 10; number++) store.span(exampleSpan(number))
    const followed = store.follow({ afterId: 2 })
    expect(await take(followed, 6)).toEqual([{}, 6, 7, 8, 9, 10])
    store.span(exampleSpan(11))
    expect(await take(followed, 1)).toEqual([11])
    await followed.return?.()
  })

  test('that is overtaken while it reads the past is told in the place of the gap', async () => {
    const store = memoryStore({ maxEvents: 1_000 })
    for (let number = 1; number <= 1_000; number++) store.span(exampleSpan(number))
    const followed = store.follow({ afterId: 0 })
    await take(followed, 100)
    for (let number = 1_001; number <= 1_900; number++) store.span(exampleSpan(number))
    const rest = await take(followed, 156 + 1 + 1_000)
    // It held 256 of the past; 257 to 900 went meanwhile.
    expect(rest.slice(154, 159)).toEqual([255, 256, {}, 901, 902])
    expect(rest.at(-1)).toBe(1_900)
    await followed.return?.()
  })

  test('keeps the order of requests that do not wait for each other', async () => {
    const store = memoryStore()
    const followed = store.follow()
    const requests = [followed.next(), followed.next(), followed.next()]
    for (const number of [1, 2]) store.span(exampleSpan(number))
    await store.close()
    const answers = await Promise.all(requests)
    expect(answers.map(({ value }) => value?.event?.attributes['flow.number'])).toEqual([1, 2, undefined])
    expect(answers.map(({ done }) => done)).toEqual([false, false, true])
  })

  test('is bounded in bytes too', async () => {
    const store = memoryStore()
    const followed = store.follow({}, { buffer: 100_000 })
    const text = 'x'.repeat(100_000)
    for (let number = 1; number <= 100; number++) store.span(exampleSpan(number, { attributes: { text } }))
    const [gap] = await take(followed, 1)
    expect(gap).toEqual({ missed: expect.any(Number) })
    expect((gap as { missed: number }).missed).toBeGreaterThan(50)
    await followed.return?.()
  })

  test('of a closed store ends at once, and many can follow one', async () => {
    const store = memoryStore()
    const followers = [store.follow(), store.follow({ layer: 'nothing' }), store.follow({}, { buffer: 1 })]
    for (const number of [1, 2]) store.span(exampleSpan(number))
    await store.close()
    const seen = await Promise.all(followers.map((followed) => Array.fromAsync(followed, ({ seq }) => seq)))
    expect(seen).toEqual([[1, 2], [], [1, 2]])
    expect(await Array.fromAsync(store.follow())).toEqual([])
    expect(await Array.fromAsync(store.follow({ afterId: 1 }), ({ seq }) => seq)).toEqual([2])
  })

  test.each([0, 1.5, 100_001])('wants a sensible buffer, not %s', (buffer) => {
    expect(() => memoryStore().follow({}, { buffer })).toThrow(expect.objectContaining({ path: 'follow.buffer' }))
  })
})
