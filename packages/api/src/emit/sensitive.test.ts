// Sensitive attributes never reach the OpenTelemetry API in clear: canaries, and a recorder that keeps everything it is told.
import { expect, test } from '@proprio/testing/vitest'
import { catalogue, choice, id, integer, list, occurrence, operation, text } from '../index.ts'
import { useHashKey } from '../runtime.ts'

const secrets = {
  hashed: text('h', { sensitive: 'hash' }),
  masked: id('m', { sensitive: 'mask' }),
  dropped: text('d', { sensitive: 'drop' }),
  hashedList: list(text('x', { sensitive: 'hash' }), 'l'),
  droppedList: list(id('x'), 'l', { sensitive: 'drop' }),
}
const vault = catalogue(
  'vault',
  { version: '1', context: { owner: text('o', { sensitive: 'mask' }), tenant: id('t', { sensitive: 'hash' }) } },
  {
    api: {
      open: operation({
        summary: 's',
        span: ['open {kind}', 'open'],
        announce: true,
        attributes: { kind: choice(['a'], 'k'), size: integer('n', { measure: 'counter' }), ...secrets },
      }),
      opened: occurrence({
        summary: 's',
        level: 'info',
        message: 'opened by {masked} with {hashed} and {dropped} {hashedList}',
        attributes: secrets,
      }),
    },
  },
)

const canary = 'canary-4711'
const all = {
  hashed: canary,
  masked: canary,
  dropped: canary,
  hashedList: [canary, canary],
  droppedList: [canary],
}
const hostile = {
  hashed: { deep: [canary] },
  masked: [canary],
  dropped: new Map([['k', canary]]),
  hashedList: canary,
  droppedList: [[canary]],
  unknown: canary,
}

test('no canary in any name, attribute, event, body, message, exception or metric', async ({ telemetry }) => {
  await vault.within({ owner: canary, tenant: canary }, async () => {
    for (const values of [all, hostile as unknown as typeof all]) {
      vault.api.open(values, (op) => {
        op.set(values)
        vault.api.opened(values, { error: new Error('known') })
        op.fail(new Error('known'))
      })
      vault.api.open.record(values, { durationMs: 5, error: 'known' })
      await vault.api.open.attempts(values, { times: 1 }, () => 1)
      vault.api.open.start(values).end()
      await Array.fromAsync(vault.api.open.stream(values, async function* () {}))
      vault.api.open.wrap(() => values)(() => 1)()
    }
  })
  expect(telemetry).toHaveSpans(12)
  expect(telemetry.logs()).toHaveLength(18)
  expect(telemetry).toHaveMetric(vault.api.open, { count: 12 })
  expect(telemetry).toLeakNothing([canary])
})

test('dropped is not there, masked is ***, hashed is 128 bits that are equal for equal values; also in a message', ({
  telemetry,
}) => {
  useHashKey('k')
  vault.api.opened(all)
  vault.api.opened({ ...all, hashed: 'other' })
  const [first, second] = telemetry.logs()
  const hash = first?.attributes['vault.api.hashed']
  expect(hash).toMatch(/^[\da-f]{32}$/)
  expect(first?.attributes).toEqual({
    'proprio.type': 'api.opened',
    'proprio.layer': 'api',
    'vault.api.hashed': hash,
    'vault.api.masked': '***',
    'vault.api.hashed_list': [hash, hash],
  })
  expect(first?.body).toBe(`opened by *** with ${String(hash)} and  ${String(hash)},${String(hash)}`)
  expect(second?.attributes['vault.api.hashed']).not.toBe(hash)
  expect(second?.attributes['vault.api.hashed_list']).toEqual([hash, hash])
})
