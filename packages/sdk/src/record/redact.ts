// Masks secrets in spans and log records before anything is queued, bridged or stored. A value that cannot be read is masked too, and the record stays.
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { Span } from '@opentelemetry/sdk-trace'
import type { RedactConfig } from '../config/index.ts'
import { keyTest } from './secret-keys.ts'
import { secretShapes } from './secrets.ts'

export const mask = '[redacted]'

/** Shorter texts hold no secret of a known shape. */
const shortest = 8
/** Longer ones are cut: looking through 50 MB would stand in the host's way for half a second. */
const longest = 1 << 20
/** Texts of up to this length that were found clean are remembered: spans repeat them. */
const remembered = 128
const rememberedAtMost = 4096
const deepest = 64
const circular = '[circular]'

type LogRecord = Parameters<LogRecordProcessor['onEmit']>[0]
type Bag = Record<string, unknown>

export interface Redactor {
  /** All of a span, while it can still be written. Never throws. */
  ending(span: Span): void
  /** Never throws. */
  log(record: LogRecord): void
  /** A copy that can be shown, of what may still change. */
  shown<Values extends object>(attributes: Values): Values
  text(value: string): string
  /** How many values were masked. */
  readonly masked: () => number
}

export function createRedactor({ patterns, keys }: RedactConfig): Redactor {
  const own = patterns.map((shape) => new RegExp(shape.source, shape.flags.replaceAll(/[gy]/g, '')))
  const shapes = [...Object.values(secretShapes), ...own].map(({ source, flags }) => new RegExp(source, `${flags}g`))
  // Without names: Node 22 takes no name twice.
  const sources = Object.values(secretShapes).map(({ source }) => source.replace('?<keep>', '?:'))
  const anyShape = new RegExp(sources.join('|'))
  const isSecretKey = keyTest(keys)
  const clean = new Set<string>()
  let masked = 0

  const text = (value: string): string => {
    // By the types always a text; by `updateName(null)` not, and then it would cost the span its export.
    if (typeof value !== 'string') return String(value)
    if (value.length < shortest || clean.has(value)) return value
    const seen = value.length > longest ? `${value.slice(0, longest).toWellFormed()}…` : value
    if (!anyShape.test(seen) && !own.some((shape) => shape.test(seen))) {
      if (seen.length <= remembered) remember(clean, seen)
      return seen
    }
    const safe = shapes.reduce((rest, shape) => rest.replace(shape, masking), seen)
    if (safe !== seen) masked++
    return safe
  }
  const hide = (): string => {
    masked++
    return mask
  }
  // Always a copy: the application may go on writing to its own. `met`: what was gone into before, undefined while it still is being gone into.
  const safe = (value: unknown, met: Map<object, unknown>, depth: number): unknown => {
    if (typeof value === 'string') return text(value)
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
    if (met.has(value)) return met.get(value) ?? circular
    if (depth > deepest || met.size >= rememberedAtMost) return hide()
    met.set(value, undefined)
    const copy = Array.isArray(value)
      ? value.map((item) => safe(item, met, depth + 1))
      : safeBag(value as Bag, met, depth + 1)
    met.set(value, copy)
    return copy
  }
  // With what is inherited, as whoever encodes it goes through it.
  const safeBag = (from: Bag, met: Map<object, unknown>, depth: number): Bag => {
    const fields: [string, unknown][] = []
    for (const key in from) fields.push([text(key), field(key, from[key], met, depth)])
    return Object.fromEntries(fields)
  }
  const field = (key: string, value: unknown, met: Map<object, unknown>, depth: number): unknown => {
    if (isSecretKey(key) && typeof value !== 'boolean') return value === mask ? value : hide()
    return safe(value, met, depth)
  }
  const bag = (attributes: Bag): void => {
    for (const key in attributes) {
      const value = attributes[key]
      if (isSecretKey(key)) {
        if (value !== mask && typeof value !== 'boolean') attributes[key] = hide()
      } else if (typeof value === 'string') {
        const known = text(value)
        if (known !== value) attributes[key] = known
      } else if (typeof value === 'object' && value !== null) attributes[key] = safe(value, new Map(), 1)
    }
  }
  return {
    ending(span) {
      try {
        bag(span.attributes)
        const name = text(span.name)
        if (name !== span.name) span.updateName(name)
        const { code, message } = span.status
        if (message !== undefined && text(message) !== message) span.setStatus({ code, message: text(message) })
        for (const event of span.events) {
          event.name = text(event.name)
          if (event.attributes) bag(event.attributes)
        }
        for (const { attributes } of span.links) if (attributes) bag(attributes)
      } catch {
        blank(span)
        masked++
      }
    },
    log(record) {
      try {
        bag(record.attributes)
        const body = safe(record.body, new Map(), 1)
        if (body !== record.body) record.setBody(body as never)
      } catch {
        for (const key of Object.keys(record.attributes)) delete record.attributes[key]
        record.setBody(hide())
      }
    },
    shown(attributes) {
      const copy = { ...attributes }
      bag(copy as Bag)
      return copy
    },
    text,
    masked: () => masked,
  }
}

// What could not be looked through is not shown at all; that the operation took place still is.
function blank(span: Span): void {
  for (const key of Object.keys(span.attributes)) delete span.attributes[key]
  span.events.length = 0
  span.links.length = 0
  span.updateName(mask)
}

// A replacer is given the named groups last, where the shape has any.
function masking(...matched: readonly unknown[]): string {
  const groups = matched.at(-1)
  const kept: unknown = typeof groups === 'object' && groups !== null ? Reflect.get(groups, 'keep') : undefined
  return typeof kept === 'string' ? kept + mask : mask
}

function remember(clean: Set<string>, value: string): void {
  if (clean.size >= rememberedAtMost) clean.clear()
  clean.add(value)
}
