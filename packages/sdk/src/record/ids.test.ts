// Trace and span ids, as W3C trace context wants them.
import { isSpanContextValid } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { randomIds } from './ids.ts'

test('valid, and no two alike, over many blocks of random bytes', () => {
  const { generateSpanId, generateTraceId } = randomIds()
  const seen = new Set<string>()
  for (let index = 0; index < 5_000; index++) {
    const spanContext = { traceId: generateTraceId(), spanId: generateSpanId(), traceFlags: 1 }
    expect(isSpanContextValid(spanContext)).toBe(true)
    seen.add(spanContext.traceId).add(spanContext.spanId)
  }
  expect(seen.size).toBe(10_000)
})

test('every digit occurs about as often as any other', () => {
  const { generateTraceId } = randomIds()
  const counts = new Map<string, number>()
  for (let index = 0; index < 5_000; index++)
    for (const digit of generateTraceId()) counts.set(digit, (counts.get(digit) ?? 0) + 1)
  expect(counts.size).toBe(16)
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(700)
})
