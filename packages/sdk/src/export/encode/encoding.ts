// What an encoding of OTLP can do: append one record to an arena, and put records that are already encoded into a
// request. Repeated fields are joined by concatenation in protobuf, and by commas in JSON, so that a batch is never
// encoded as a whole and one record that cannot be encoded takes no other with it.
import type { Attributes } from '@opentelemetry/api'
import type { InstrumentationScope } from '@opentelemetry/core'
import type { Resource } from '@opentelemetry/resources'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import type { Writer } from './writer.ts'

export type Scope = InstrumentationScope & {
  readonly attributes?: Attributes
  readonly droppedAttributesCount?: number
}

/** Encoded records of one resource and scope, one after the other. */
export interface Group {
  readonly resource: Resource
  readonly scope: Scope
  readonly bytes: Uint8Array
  /** Where each record ends in `bytes`. */
  readonly ends: Uint32Array
}

/** The signals whose records are encoded one by one. */
export type RecordSignal = 'spans' | 'logs'

/** What a receiver refused of a request that it took. */
export interface PartialSuccess {
  readonly rejected: number
  readonly message: string
}

export interface Encoding {
  readonly contentType: 'application/x-protobuf' | 'application/json'
  /** Appends one record. @throws when it cannot be encoded; the arena then holds a part of it, to be cut off. */
  span(out: Writer, span: ReadableSpan): void
  log(out: Writer, log: ReadableLogRecord): void
  /** Encodes and keeps a scope, before its first record is taken in. @throws when it cannot be encoded. */
  scope(scope: Scope): void
  /** The body of an export request. */
  request(signal: RecordSignal, groups: readonly Group[]): Uint8Array
  /** Reads the answer to a request of any signal. @throws when it is no OTLP. */
  partialSuccess(body: Uint8Array): PartialSuccess | undefined
}

/**
 * Values deeper than this are cut to empty ones. A level is three messages in protobuf, and decoders other than Go's
 * refuse a request, with every record in it, at a depth of 100 messages.
 */
export const deepest = 30

/** Bits of `flags` beside the trace flags: whether the parent is remote is known, and whether it is. */
export function spanFlags(traceFlags: number, isRemote: boolean | undefined): number {
  return (traceFlags & 0xff) | (isRemote === true ? 0x300 : 0x100)
}

/** A whole number that fits a 32-bit field. @throws TypeError for anything else. */
export function small(value: number): number {
  if (!Number.isInteger(value) || value < 0 || value > 0x7f_ff_ff_ff) throw new TypeError('no small whole number')
  return value
}

/** True for whole numbers that fit int64; others are doubles. */
export function isInt64(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63
}

/** Groups of one resource belong into one part of the request. */
export function byResource(groups: readonly Group[]): Map<Resource, Group[]> {
  const resources = new Map<Resource, Group[]>()
  for (const group of groups) {
    const known = resources.get(group.resource)
    if (known === undefined) resources.set(group.resource, [group])
    else known.push(group)
  }
  return resources
}
