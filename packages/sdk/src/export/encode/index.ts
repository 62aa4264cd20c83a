// Encoding: a record's bytes, and a request's.
import type { EndpointOptions } from '../options.ts'
import type { Encoding } from './encoding.ts'
import { json } from './json-request.ts'
import { protobuf } from './protobuf-request.ts'

export type { Encoding, Group, PartialSuccess, RecordSignal, Scope } from './encoding.ts'
export { TooLarge, Writer } from './writer.ts'

export const encodings = { 'http/protobuf': protobuf, 'http/json': json } as const satisfies Record<
  EndpointOptions['protocol'],
  Encoding
>
