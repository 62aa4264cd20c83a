// Redaction as an application meets it: what a client says over real HTTP is nowhere to be found afterwards.
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { register } from './index.ts'

const telemetry = register({ service: 'shop', signals: false })
const server = createServer((_request, response) => response.end('ok'))
const port = new Promise<number>((resolve) => {
  server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
})

afterAll(async () => {
  server.close()
  await telemetry.shutdown()
})

test('a secret is masked wherever it stands in a query, the first parameter too', async () => {
  const url = `http://127.0.0.1:${await port}`
  for (const query of ['api_key=supersecret', 'page=2&apiKey=supersecret', 'token=supersecret&page=2'])
    await new Promise((done) => get(`${url}/b?${query}`, (response) => response.resume().on('end', done)))
  await expect.poll(async () => (await telemetry.query.spans()).rows.length).toBe(6)
  const { rows } = await telemetry.query.spans()
  expect(JSON.stringify(rows)).not.toContain('supersecret')
  const queries = rows.flatMap(({ kind, attributes }) => (kind === 'server' ? [attributes['url.query']] : []))
  expect(queries.toSorted()).toEqual(['api_key=[redacted]', 'page=2&apiKey=[redacted]', 'token=[redacted]&page=2'])
})
