// A fastify application that says when it listens: bare, with register(), or with NodeSDK and instrumentation-http.
const started: Record<string, () => Promise<void>> = {
  async bare() {},
  async ours() {
    const { register } = await import('@proprio/sdk')
    register({ service: 'bench', otlp: { endpoint: 'http://127.0.0.1:9' } })
  },
  async stock() {
    const { NodeSDK } = await import('@opentelemetry/sdk-node')
    const { HttpInstrumentation } = await import('@opentelemetry/instrumentation-http')
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = 'http://127.0.0.1:9'
    new NodeSDK({ serviceName: 'bench', instrumentations: [new HttpInstrumentation()] }).start()
  },
}
await started[process.argv[2] ?? 'bare']?.()
const { fastify } = await import('fastify')
const app = fastify()
app.get('/', () => ({ hello: 'world' }))
await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write('listening\n')
