// Memory stage: what a record weighs. An estimate of the heap that is freed when it goes, from V8's object layout (8-byte
// pointers) and from what OpenTelemetry's spans and log records are made of; `weigh.test.ts` holds it to ±25 % of a real
// heap. It is also where a record is looked through once, so that one that cannot be read is refused at the door.
import { BOOKKEEPING } from '../classification/bookkeeping.ts'
import type { Attributes, AttributeValue } from '../record/attributes.ts'
import type { LogRecord, SpanRecord } from '../record/record.ts'

/** A span at rest with its two ids, its entry, and its place in the store. */
const SPAN = 408
const LOG = 268
/** The list of a span's events, which is made with room to grow. */
const SPAN_EVENTS = 150
const SPAN_EVENT = 200
const LINK = 150
/** An attribute's place in its object. Its name is the same string in every record, unless it is suspiciously long. */
const ATTRIBUTE = 8
const SHARED_LENGTH = 64
const OBJECT = 56
const DEEPEST = 64
/** So are the values of these, which are a catalogue's. */
const SHARED_VALUES: ReadonlySet<string> = new Set([BOOKKEEPING.type, BOOKKEEPING.layer, BOOKKEEPING.level])

/** Weighs records; one above `most` is not weighed to its end. */
export class Scales {
  readonly #most: number
  #bytes = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Bytes, or more than `most`. Throws for what is no span. */
  span(record: SpanRecord): number {
    this.#bytes = SPAN
    this.#text(record.name)
    const { message } = record.status
    if (message !== undefined) this.#text(message)
    this.#attributes(record.attributes)
    if (record.events.length > 0) this.#add(SPAN_EVENTS)
    for (const { name, attributes } of record.events) {
      this.#add(SPAN_EVENT)
      this.#text(name)
      if (attributes !== undefined) this.#attributes(attributes)
    }
    for (const { attributes } of record.links) {
      this.#add(LINK)
      if (attributes !== undefined) this.#attributes(attributes)
    }
    return this.#bytes
  }

  /** Bytes, or more than `most`. Throws for what is no log record. */
  log(record: LogRecord): number {
    this.#bytes = LOG
    if (record.body !== undefined) this.#value(record.body, 0)
    this.#attributes(record.attributes)
    return this.#bytes
  }

  #attributes(attributes: Attributes): void {
    for (const name of Object.keys(attributes)) {
      const value = attributes[name]
      if (SHARED_VALUES.has(name) && typeof value === 'string' && value.length <= SHARED_LENGTH) this.#add(ATTRIBUTE)
      else this.#named(name, value, 0)
    }
  }

  #named(name: string, value: AttributeValue | undefined, depth: number): void {
    this.#add(name.length > SHARED_LENGTH ? ATTRIBUTE + name.length : ATTRIBUTE)
    this.#value(value, depth)
  }

  #value(value: AttributeValue | undefined, depth: number): void {
    if (typeof value === 'string') this.#text(value)
    else if (typeof value === 'number') this.#add(Number.isInteger(value) ? 0 : 16)
    else if (typeof value === 'object' && value !== null) this.#inner(value, depth + 1)
    else if (value !== undefined && value !== null && typeof value !== 'boolean')
      throw new TypeError('no attribute value')
  }

  #inner(value: AttributeValue & object, depth: number): void {
    if (depth > DEEPEST) throw new RangeError('nested too deep')
    if (this.#bytes > this.#most) return
    this.#add(OBJECT)
    if (value instanceof Uint8Array) this.#add(value.byteLength + 100)
    else if (isList(value)) for (const inner of value) this.#element(inner, depth)
    else for (const key of Object.keys(value)) this.#named(key, value[key], depth)
  }

  #element(value: AttributeValue | undefined, depth: number): void {
    this.#add(8)
    this.#value(value, depth)
  }

  /** A header and one byte a character, or two when any is beyond Latin-1, in whole words. V8 answers at once for a one-byte string. */
  #text(text: string): void {
    if (typeof text !== 'string') throw new TypeError('no text')
    const width = text.length > 12 && BEYOND_LATIN1.test(text) ? 2 : 1
    this.#add((23 + text.length * width) & ~7)
  }

  #add(bytes: number): void {
    this.#bytes += bytes
  }
}

const BEYOND_LATIN1 = /[\u0100-\uffff]/

function isList(value: object): value is readonly (AttributeValue | undefined)[] {
  return Array.isArray(value)
}
