// An empty fastify route under register(), or under NodeSDK with instrumentation-http; both send three signals to the endpoint in the environment.
if (process.argv[2] === 'ours') {
  const { register } = await import('@proprio/sdk')
  register()
} else {
  const { NodeSDK } = await import('@opentelemetry/sdk-node')
  const { HttpInstrumentation } = await import('@opentelemetry/instrumentation-http')
  new NodeSDK({ instrumentations: [new HttpInstrumentation()] }).start()
}
const { fastify } = await import('fastify')
const app = fastify()
app.get('/', () => ({ hello: 'world' }))
console.log(await app.listen({ port: 0, host: '127.0.0.1' }))
