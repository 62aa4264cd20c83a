// Masks secrets in spans and log records before anything is queued, bridged or stored. A value it cannot read it drops, and not the record.
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { Span } from '@opentelemetry/sdk-trace'
import type { RedactConfig } from '../config/index.ts'
import { secretKeys, secretShapes } from './secrets.ts'

export const mask = '[redacted]'

/** Shorter texts hold no secret of a known shape. */
const shortest = 8
/** Texts of up to this length that were found clean are remembered: spans repeat them. */
const remembered = 128
const rememberedAtMost = 4096

type LogRecord = Parameters<LogRecordProcessor['onEmit']>[0]
type Bag = Record<string, unknown>

export interface Redactor {
  /** The attributes a span starts with. */
  started(span: Span): void
  /** All of a span, while it can still be written. */
  ending(span: Span): void
  log(record: LogRecord): void
  /** How many values were masked. */
  readonly masked: () => number
}

export function createRedactor({ patterns, keys }: RedactConfig): Redactor {
  const shapes = [...Object.values(secretShapes), ...patterns].map(
    (shape) => new RegExp(shape.source, withFlag(shape, 'g')),
  )
  const anyShape = new RegExp(
    Object.values(secretShapes)
      .map(({ source }) => source)
      .join('|'),
  )
  const others = patterns.map((shape) => new RegExp(shape.source, shape.flags.replace('g', '')))
  const secretKey = keyTest([...secretKeys, ...keys])
  const clean = new Set<string>()
  let masked = 0

  const text = (value: string): string => {
    if (value.length < shortest || clean.has(value)) return value
    if (!anyShape.test(value) && !others.some((shape) => shape.test(value))) {
      if (value.length <= remembered) remember(clean, value)
      return value
    }
    masked++
    return shapes.reduce((text, shape) => text.replace(shape, mask), value)
  }
  const any = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return text(value)
    if (typeof value !== 'object' || value === null || depth > 8) return value
    if (Array.isArray(value)) {
      return value.some((item) => any(item, depth + 1) !== item) ? value.map((item) => any(item, depth + 1)) : value
    }
    if (value instanceof Uint8Array) return value
    const copy: Bag = { ...value }
    bag(copy, depth + 1)
    return copy
  }
  const bag = (attributes: Bag, depth = 0): void => {
    for (const key in attributes) {
      const value = attributes[key]
      if (secretKey(key)) {
        if (value === mask) continue
        masked++
        attributes[key] = mask
      } else if (typeof value === 'string') {
        const safe = text(value)
        if (safe !== value) attributes[key] = safe
      } else if (typeof value === 'object' && value !== null) attributes[key] = any(value, depth)
    }
  }
  const ending = (span: Span): void => {
    bag(span.attributes)
    const name = text(span.name)
    if (name !== span.name) span.updateName(name)
    const { code, message } = span.status
    if (message !== undefined && text(message) !== message) span.setStatus({ code, message: text(message) })
    for (const event of span.events) if (event.attributes) bag(event.attributes)
    for (const link of span.links) if (link.attributes) bag(link.attributes)
  }
  return {
    started: (span) => bag(span.attributes),
    ending,
    log(record) {
      bag(record.attributes)
      const body = any(record.body, 0)
      if (body !== record.body) record.setBody(body as never)
    },
    masked: () => masked,
  }
}

function remember(clean: Set<string>, value: string): void {
  if (clean.size >= rememberedAtMost) clean.clear()
  clean.add(value)
}

const withFlag = ({ flags }: RegExp, flag: string): string => (flags.includes(flag) ? flags : flags + flag)

// By whole words between dots, so that gen_ai.usage.input_tokens is none. Answers are remembered: names are few.
function keyTest(words: readonly string[]): (key: string) => boolean {
  const secret = new Set(words.map((word) => word.toLowerCase()))
  const known = new Map<string, boolean>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const answer = key
      .toLowerCase()
      .split('.')
      .some((word) => secret.has(word))
    if (known.size < rememberedAtMost) known.set(key, answer)
    return answer
  }
}
