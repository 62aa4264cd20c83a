// Every expectation with code under test: where it holds, where it fails and what it then says, in all its forms; and that breaking the code makes it fail. The
// reference MATCHERS.md is written from it.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { expectationNames } from '../index.ts'
import { documentOf } from './fixtures/document.ts'
import { examples } from './fixtures/examples/index.ts'
import { runBroken, runFailing, runHolding, runRefused } from './fixtures/run.ts'

// Whether a contract may be written is not to depend on where this runs.
beforeEach(() => {
  vi.stubEnv('CI', '')
  vi.stubEnv('PROPRIO_UPDATE_CONTRACTS', 'new')
  return () => vi.unstubAllEnvs()
})

test('every expectation has an example, that breaks the code and fails', () => {
  expect(examples.map(({ example }) => example.name)).toEqual(expectationNames)
  for (const { example } of examples)
    expect([example.name, Object.keys(example.broken).length > 0, Object.keys(example.fails).length > 0]).toEqual([
      example.name,
      true,
      true,
    ])
})

describe.each(examples)('$example.name', ({ example }) => {
  test('holds, and says so where it was not to', async () => {
    const negated = await runHolding(example, example.holds)
    expect(negated.map(({ message }) => message).join('\n\n---\n\n')).toMatchSnapshot()
  })

  test.each(Object.entries(example.broken))('fails where the code %s', async (_, code) => {
    expect(await runBroken(example, code)).toBe(example.name)
  })

  test.each(Object.entries(example.fails))('fails: %s', async (_, body) => {
    expect((await runFailing(example, body)).message).not.toBe('')
  })

  test.each(Object.entries(example.refuses))('is an error: %s', async (_, body) => {
    expect(await runRefused(example, body)).not.toBe('')
  })
})

test('MATCHERS.md says what they do', async () => {
  await expect(await documentOf(examples)).toMatchFileSnapshot('../../../MATCHERS.md')
})
