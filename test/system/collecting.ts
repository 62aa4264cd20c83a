// A receiver that keeps requests as OTLP/JSON, for decoders that take those: what it is sent in protobuf it maps.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { decodeJson, decodeProtobuf, type JsonObject, type Path } from '../receiver/decode.ts'

export interface Collecting {
  readonly url: string
  of(path: Path): readonly JsonObject[]
}

export async function collect(): Promise<Collecting> {
  const requests: { path: Path; request: JsonObject }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const path = request.url as Path
    const body = Buffer.concat(chunks)
    const json = request.headers['content-type'] === 'application/json'
    requests.push({ path, request: json ? decodeJson(body) : decodeProtobuf(path, body) })
    response.end(json ? '{}' : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    of: (path) => requests.filter((one) => one.path === path).map(({ request }) => request),
  }
}
