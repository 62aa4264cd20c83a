// Decode stage: what an encoding of OTLP/HTTP is. Both give and take the objects of OTLP/JSON.

/** The name of a message, as in protocol.ts. */
export type Message = `Export${'Trace' | 'Logs' | 'Metrics'}Service${'Request' | 'Response'}` | 'Status'

export interface Encoding {
  readonly contentType: string
  /** Throws when the bytes are no such message. */
  decode(message: Message, bytes: Uint8Array): unknown
  encode(message: Message, content: object): Uint8Array
}
