// Decode stage: which encoding a request has. Protobuf's is loaded by the first request in it: it takes 30 ms.
import type { Encoding } from './encoding.ts'

export const json: Encoding = {
  contentType: 'application/json',
  decode: (_message, bytes) => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown,
  encode: (_message, content) => Buffer.from(JSON.stringify(content)),
}

/** The encoding of a content type, in which the answer is given too; undefined when it is not OTLP's. */
export async function encodingOf(contentType: string | undefined): Promise<Encoding | undefined> {
  const [type = ''] = (contentType ?? '').split(';', 1)
  switch (type.trim().toLowerCase()) {
    case json.contentType:
      return json
    case 'application/x-protobuf':
      return (await import('./protobuf.ts')).protobuf
    default:
      return undefined
  }
}
