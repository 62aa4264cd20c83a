// The batch that is being filled. Records stand in the arena one after the other as they ended; when the batch is
// sealed they are copied once, sorted by whose they are, and the arena is used again.
import type { Resource } from '@opentelemetry/resources'
import { Writer } from '../encode/index.ts'
import type { Encoding, Group, Scope } from '../encode/index.ts'
import { batchOf } from './encoded-batch.ts'
import type { EncodedBatch } from './encoded-batch.ts'

/** What knows its resource and scope: a span and a log record both do. */
export interface Originated {
  readonly resource: Resource
  readonly instrumentationScope: Scope
}

/** The arena's first size; it goes back to it after a batch that needed much more. */
const arenaBytes = 1 << 17
const muchMore = 1 << 21

export class OpenBatch<Entry extends Originated> {
  /** True while a record is being encoded; the host's getters may run then, and end further spans. */
  busy = false
  readonly #encoding: Encoding
  readonly #encode: (out: Writer, entry: Entry) => void
  readonly #limit: number
  #out: Writer
  #origins: { readonly resource: Resource; readonly scope: Scope }[] = []
  /** Index of the origin used last: most records come from the same one as the record before. */
  #last = -1
  #of: number[] = []
  #ends: number[] = []

  constructor(encoding: Encoding, encode: (out: Writer, entry: Entry) => void, limit: number) {
    this.#encoding = encoding
    this.#encode = encode
    this.#limit = limit
    this.#out = new Writer(arenaBytes, limit)
  }

  get records(): number {
    return this.#ends.length
  }

  get bytes(): number {
    return this.#out.at
  }

  /** Appends a record. @throws what the encoding throws; the batch is then as before. */
  add(entry: Entry): void {
    const start = this.#out.at
    this.busy = true
    try {
      const origin = this.#originOf(entry.resource, entry.instrumentationScope)
      this.#encode(this.#out, entry)
      this.#of.push(origin)
      this.#ends.push(this.#out.at)
    } catch (error) {
      this.#out.at = start
      throw error
    } finally {
      this.busy = false
    }
  }

  /** Takes the last record out again. */
  undo(): void {
    this.#ends.pop()
    this.#of.pop()
    this.#out.at = this.#ends.at(-1) ?? 0
  }

  /** The first so many records as a batch; the others stay. */
  seal(records: number, sealedAt: number): EncodedBatch {
    const end = this.#ends[records - 1]!
    const batch = batchOf(this.#groups(records, end), sealedAt)
    const origins = this.#of.slice(records).map((origin) => this.#origins[origin]!)
    this.#ends = this.#ends.slice(records).map((own) => own - end)
    this.#of = [...origins.keys()]
    this.#origins = origins
    this.#last = origins.length - 1
    this.#empty(end)
    return batch
  }

  #originOf(resource: Resource, scope: Scope): number {
    const last = this.#origins[this.#last]
    if (last !== undefined && last.scope === scope && last.resource === resource) return this.#last
    const known = this.#origins.findIndex((origin) => origin.scope === scope && origin.resource === resource)
    if (known !== -1) return (this.#last = known)
    this.#encoding.scope(scope)
    this.#last = this.#origins.push({ resource, scope }) - 1
    return this.#last
  }

  #groups(records: number, end: number): Group[] {
    const [only] = this.#origins
    if (this.#origins.length === 1 && only !== undefined) {
      const bytes = Uint8Array.prototype.slice.call(this.#out.bytes, 0, end)
      return [{ ...only, bytes, ends: new Uint32Array(this.#ends.slice(0, records)) }]
    }
    return this.#origins.flatMap((origin, index) => this.#group(origin, index, records))
  }

  #group(origin: { resource: Resource; scope: Scope }, index: number, records: number): Group[] {
    const mine = this.#of.slice(0, records).flatMap((of, record) => (of === index ? [record] : []))
    if (mine.length === 0) return []
    const start = (record: number): number => (record === 0 ? 0 : this.#ends[record - 1]!)
    const ends = new Uint32Array(mine.length)
    let size = 0
    for (const [place, record] of mine.entries()) ends[place] = size += this.#ends[record]! - start(record)
    const bytes = Buffer.allocUnsafeSlow(size)
    for (const [place, record] of mine.entries()) {
      this.#out.bytes.copy(bytes, place === 0 ? 0 : ends[place - 1]!, start(record), this.#ends[record]!)
    }
    return [{ ...origin, bytes, ends }]
  }

  #empty(end: number): void {
    const rest = this.#out.bytes.subarray(end, this.#out.at)
    const out = this.#out.bytes.length > muchMore ? new Writer(arenaBytes, this.#limit) : this.#out
    out.at = 0
    out.append(rest)
    this.#out = out
  }
}
