// Masks secrets in spans and log records before anything is queued, bridged or stored. A value that cannot be read is masked too, and the record stays.
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs'
import type { Span } from '@opentelemetry/sdk-trace'
import type { RedactConfig } from '../config/index.ts'
import { keyTest } from './secret-keys.ts'
import { type SecretShape, secretShapes } from './secrets.ts'

export const mask = '[redacted]'

/** Shorter texts hold no secret of a known shape. */
const shortest = 8
/** Longer ones are cut, so that nothing is kept or sent that was not looked through; a text of this length takes about 1 ms. */
const longest = 1 << 18
/** Texts of up to this length that were found clean are remembered: spans repeat them. */
const remembered = 128
const rememberedAtMost = 4096
const deepest = 64
const circular = '[circular]'
/** What may be JSON with names in it. */
const jsonStart = /^\s*[[{]\s*["[{]/

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
  const known = Object.values(secretShapes)
  const shapes = [...known, ...own.map((run): SecretShape => ({ run }))].map(({ run, holding }) => ({
    run: new RegExp(run.source, `${run.flags}g`),
    replacer: masking(holding),
  }))
  // Without names: Node 22 takes no name twice.
  const anyShape = new RegExp(known.map(({ run }) => run.source.replace('?<keep>', '?:')).join('|'))
  const clean = new Set<string>()
  let masked = 0

  const scanned = (value: string): string => {
    const isShort = value.length <= remembered
    if (value.length < shortest || (isShort && clean.has(value))) return value
    const suspect = anyShape.test(value) || own.some((shape) => shape.test(value))
    const safe = suspect ? shapes.reduce((rest, { run, replacer }) => rest.replace(run, replacer), value) : value
    if (safe === value && isShort) remember(clean, value)
    return safe
  }
  const text = (value: string): string => {
    // By the types always a text; by `updateName(null)` not, and then it would cost the span its export.
    if (typeof value !== 'string') return String(value)
    const seen = value.length > longest ? `${value.slice(0, longest).toWellFormed()}…` : value
    const inside = withinJson(seen)
    const safe = scanned(inside)
    if (safe !== inside) masked++
    return safe
  }
  const keyOf = keyTest(keys, (key) => key.length > longest || scanned(key) !== key)
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
  // An attribute can be no object, so whoever has one writes it as JSON; there too a name says that a value is a secret. Written anew only when it held one.
  const withinJson = (value: string): string => {
    if (value.length < shortest || !mayBeJson(value.charCodeAt(0)) || !jsonStart.test(value)) return value
    try {
      const before = masked
      const copy = safe(JSON.parse(value), new Map(), 1)
      return masked === before ? value : JSON.stringify(copy)
    } catch {
      return value
    }
  }
  // With what is inherited, as whoever encodes it goes through it.
  const safeBag = (from: Bag, met: Map<object, unknown>, depth: number): Bag => {
    const fields: [string, unknown][] = []
    for (const key in from) {
      const name = text(key)
      fields.push([name, field(name, from[key], met, depth)])
    }
    return Object.fromEntries(fields)
  }
  const field = (key: string, value: unknown, met: Map<object, unknown>, depth: number): unknown => {
    if (keyOf(key) === 'of a secret' && typeof value !== 'boolean') return value === mask ? value : hide()
    return safe(value, met, depth)
  }
  const bag = (attributes: Bag): void => {
    for (const key in attributes) {
      const value = attributes[key]
      const meaning = keyOf(key)
      if (meaning === 'a secret') {
        const name = text(key)
        delete attributes[key]
        attributes[name] = field(name, value, new Map(), 1)
      } else if (meaning === 'of a secret') {
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

// A replacer is given the whole match first, and the named groups last where the shape has any.
function masking(holding: RegExp | undefined) {
  return (...matched: readonly unknown[]): string => {
    const [run] = matched
    if (typeof run === 'string' && holding?.test(run) === false) return run
    const groups = matched.at(-1)
    const kept: unknown = typeof groups === 'object' && groups !== null ? Reflect.get(groups, 'keep') : undefined
    return typeof kept === 'string' ? kept + mask : mask
  }
}

// A brace, a bracket, or a space before one. Nearly no text is any, so nearly none is looked at further.
const mayBeJson = (first: number): boolean => first === 0x7b || first === 0x5b || first <= 0x20

function remember(clean: Set<string>, value: string): void {
  if (clean.size >= rememberedAtMost) clean.clear()
  clean.add(value)
}
