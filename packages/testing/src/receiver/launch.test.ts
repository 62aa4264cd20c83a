// Programs run to their ends, whichever those are.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { collecting, span, traces } from './fixtures/collecting.ts'
import { launchInto, type ProgramOptions } from './index.ts'

const { sink } = collecting()
const node = (code: string, ...args: string[]) => [process.execPath, '--eval', code, ...args]
const launch = (code: string, options?: ProgramOptions) => launchInto(sink, node(code), options)

/** A span sent by a request, as any program may. */
const SEND = `const send = (spanId) => fetch(process.env.OTEL_EXPORTER_OTLP_ENDPOINT + '/v1/traces', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [
    { traceId: 'a'.repeat(32), spanId, name: 'by hand', startTimeUnixNano: '1', endTimeUnixNano: '2' },
  ] }] }] }),
})
`
/** A program that does not end by SIGTERM and says at which port it listens for as long as it lives. */
const STAYS = `process.on('SIGTERM', () => {})
const server = require('node:net').createServer().listen(0, '127.0.0.1', () => console.log(server.address().port))
`
async function lives(port: string): Promise<boolean> {
  const socket = connect(Number(port), '127.0.0.1')
  return once(socket, 'connect').then(
    () => (socket.destroy(), true),
    () => false,
  )
}

afterEach(() => vi.unstubAllEnvs())

test('its output, and its exit code whatever it is', async () => {
  expect(await launch(`console.log('out'); console.error('err'); process.exitCode = 7`)).toEqual({
    exitCode: 7,
    signal: null,
    stdout: 'out\n',
    stderr: 'err\n',
    rejected: { records: 0, requests: 0, problems: [] },
  })
})

test('a signal', async () => {
  expect(await launch(`process.kill(process.pid, 'SIGKILL')`)).toMatchObject({ exitCode: null, signal: 'SIGKILL' })
})

test('its input, also when it reads none of it', async () => {
  const echo = `process.stdin.on('data', (chunk) => process.stdout.write(chunk))`
  expect(await launch(echo, { input: 'é'.repeat(100_000) })).toMatchObject({ stdout: 'é'.repeat(100_000) })
  expect(await launch(echo)).toMatchObject({ exitCode: 0, stdout: '' })
  expect(await launch(`process.exit(3)`, { input: 'x'.repeat(10_000_000) })).toMatchObject({ exitCode: 3 })
})

test('its folder and its arguments', async () => {
  const code = `console.log(JSON.stringify([process.cwd(), ...process.argv.slice(1)]))`
  const cwd = realpathSync(tmpdir())
  const { stdout } = await launchInto(sink, node(code, 'a b', '$HOME'), { cwd })
  expect(JSON.parse(stdout)).toEqual([cwd, 'a b', '$HOME'])
})

test('its environment: of this process, then the receiver’s, then its own; and nothing that would send elsewhere', async () => {
  vi.stubEnv('LAUNCH_KEPT', 'kept')
  vi.stubEnv('LAUNCH_OUT', 'out')
  vi.stubEnv('OTEL_SERVICE_NAME', 'tests')
  vi.stubEnv('OTEL_TRACES_EXPORTER', 'console')
  vi.stubEnv('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'http://127.0.0.1:1/v1/traces')
  const env = { LAUNCH_OUT: undefined, LAUNCH_OWN: 'own', OTEL_BSP_SCHEDULE_DELAY: '7' }
  const { stdout } = await launch(`console.log(JSON.stringify(process.env))`, { env })
  const seen = JSON.parse(stdout) as Record<string, string>
  expect(seen).toMatchObject({
    LAUNCH_KEPT: 'kept',
    LAUNCH_OWN: 'own',
    OTEL_SERVICE_NAME: 'tests',
    OTEL_EXPORTER_OTLP_ENDPOINT: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_BSP_SCHEDULE_DELAY: '7',
    OTEL_BLRP_SCHEDULE_DELAY: '100',
    OTEL_METRIC_EXPORT_INTERVAL: '500',
    OTEL_METRIC_EXPORT_TIMEOUT: '500',
  })
  expect(Object.keys(seen).filter((name) => /^LAUNCH_OUT$|_TRACES_ENDPOINT$/.test(name))).toEqual([])
})

test('a line for the shell', async () => {
  const { exitCode, stdout } = await launchInto(sink, 'echo "a  b" | tr a-z A-Z; exit 4', {})
  expect([exitCode, stdout]).toEqual([4, 'A  B\n'])
  expect(await launchInto(sink, 'no-such-program-as-this')).toMatchObject({ exitCode: 127, stdout: '' })
})

test('what was sent in the last moment before an abrupt end', async () => {
  const { sink, collected } = collecting()
  const body = traces(span('0000000000000001'))
  const head = `POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`
  // Written to the socket, and nobody waits for the answer.
  const code = `setTimeout(() => {
    const { port } = new URL(process.env.OTEL_EXPORTER_OTLP_ENDPOINT)
    const socket = require('node:net').connect(port, '127.0.0.1')
    socket.write(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))
  }, 300)`
  const ended = launchInto(sink, node(code, `${head}\r\n\r\n${body}`))
  await delay(100)
  // So that the end of the program and its request are met at once.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500)
  expect(await ended).toMatchObject({ signal: 'SIGKILL', rejected: { problems: [] } })
  expect(collected.spans.map(({ spanId }) => spanId)).toEqual(['0000000000000001'])
})

test('programs at once have their own telemetry each', async () => {
  const ids = Array.from({ length: 4 }, (_, index) => `000000000000000${index + 1}`)
  const seen = await Promise.all(
    ids.map(async (id) => {
      const { sink, collected } = collecting()
      await launchInto(sink, node(`${SEND} send('${id}')`))
      return collected.spans.map(({ spanId }) => spanId)
    }),
  )
  expect(seen).toEqual(ids.map((id) => [id]))
})

test('what a program sent that could not be taken', async () => {
  const { rejected } = await launch(`${SEND} send('no id')`)
  expect(rejected).toMatchObject({ records: 1, problems: [expect.stringContaining('no id of 16 hex digits')] })
})

describe('what cannot be started', () => {
  test.each<[string, readonly string[], ProgramOptions, string]>([
    [
      'a missing program',
      ['no-such-program-as-this', 'x'],
      {},
      'no-such-program-as-this cannot be started: there is no such program',
    ],
    ['a file that is no program', [import.meta.filename], {}, 'it may not be executed'],
    ['a missing folder', node(''), { cwd: 'no/such/folder' }, 'there is no folder no/such/folder'],
    ['no command', [], {}, 'there is no command'],
  ])('%s', async (_name, command, options, problem) => {
    await expect(launchInto(sink, command, options)).rejects.toThrow(problem)
  })
})

describe('a program that runs too long', () => {
  test('is ended, and what it has said and sent is told, also on its way out', async () => {
    const { sink, collected } = collecting()
    const code = `${SEND}
      process.on('SIGTERM', () => send('0000000000000002').then(() => process.exit()))
      send('0000000000000001').then(() => console.log('x'.repeat(3_000) + 'up'))
      setInterval(() => {}, 1_000)`
    const late = launchInto(sink, node(code), { timeoutMs: 2_000 })
    await expect(late).rejects.toThrow(
      /had not ended after 2000 ms.*\nIt had sent 2 spans and 0 log records\.\nstdout: …x{1000,}up\n\nstderr: \(nothing\)/,
    )
    expect(collected.spans).toHaveLength(2)
  })

  test('is killed when it does not end, with those that it started', async () => {
    const code = `${STAYS}
      require('node:child_process').spawn(process.execPath, ['--eval', ${JSON.stringify(STAYS)}], { stdio: 'inherit' })`
    const late = launch(code, { timeoutMs: 2_000, killAfterMs: 100 })
    const { message } = await late.then(
      () => expect.unreachable(),
      (problem: Error) => problem,
    )
    const ports = /stdout: (\d+)\n(\d+)\n/.exec(message)!.slice(1)
    expect(await Promise.all(ports.map(lives))).toEqual([false, false])
  })

  test('is told of as one that has left its output open', async () => {
    // In a session of its own it is not of the group, and nothing of ours ends it; it ends by itself.
    const inner = `setTimeout(() => {}, 3_000)`
    const code = `require('node:child_process').spawn(process.execPath, ['--eval', ${JSON.stringify(inner)}], { stdio: 'inherit', detached: true }).unref()`
    const start = performance.now()
    await expect(launch(code, { timeoutMs: 500, killAfterMs: 50 })).rejects.toThrow('or had left its output open')
    expect(performance.now() - start).toBeLessThan(2_500)
  })

  test('by the process’s own clock, whatever a test does to time', async () => {
    vi.useFakeTimers()
    try {
      await expect(launch(`setInterval(() => {}, 1_000)`, { timeoutMs: 300 })).rejects.toThrow('had not ended')
    } finally {
      vi.useRealTimers()
    }
  })
})

test('a program does not outlive the process that launched it', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const inner = `process.on('SIGTERM', () => {}); require('node:net').connect(process.env.PORT, '127.0.0.1')`
  const outer = `import { launchInto } from ${JSON.stringify(import.meta.resolve('./index.ts'))}
    process.stdin.on('data', () => process.exit())
    await launchInto({}, [process.execPath, '--eval', ${JSON.stringify(inner)}])`
  const launcher = spawn(process.execPath, ['--conditions=@proprio/source', '--input-type=module', '--eval', outer], {
    env: { ...process.env, PORT: String((server.address() as AddressInfo).port) },
  })
  const [socket] = (await once(server, 'connection')) as [Socket]
  const gone = once(socket.resume(), 'close')
  launcher.stdin.write('exit')
  await gone
  server.close()
})
