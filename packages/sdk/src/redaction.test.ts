// Redaction as an application meets it: what a client says over real HTTP is nowhere to be found afterwards.
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@proprio/testing/vitest'
import { afterAll } from 'vitest'
import { register } from './index.ts'

const registered = register({ service: 'shop', signals: false })
const server = createServer((_request, response) => response.end('ok'))
const port = new Promise<number>((resolve) => {
  server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
})

afterAll(async () => {
  server.close()
  await registered.shutdown()
})

test('a secret is masked wherever it stands in a query, the first parameter too', async ({ telemetry }) => {
  const url = `http://127.0.0.1:${await port}`
  for (const query of ['api_key=supersecret', 'page=2&apiKey=supersecret', 'token=supersecret&page=2'])
    await new Promise((done) => get(`${url}/b?${query}`, (response) => response.resume().on('end', done)))
  await telemetry.settled()
  expect(telemetry).toHaveSpans(6)
  expect(telemetry).toLeakNothing(['supersecret'])
  for (const shown of ['api_key=[redacted]', 'page=2&apiKey=[redacted]', 'token=[redacted]&page=2'])
    expect(telemetry).toHaveSpans(1, ({ kind }) => kind === 'server', { 'url.query': shown })
  const { rows } = await registered.query.spans()
  expect(rows).toHaveLength(6)
  expect(JSON.stringify(rows)).not.toContain('supersecret')
})
