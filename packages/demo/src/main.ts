// The demo: registers telemetry, runs the framework on real input, drives its API with real traffic, and asks the telemetry what happened.
import { mkdtemp, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { register } from '@proprio/sdk'
import { type Running, runPipeline } from './pipeline.ts'
import { receive } from './receiver/receiver.ts'
import { bytes, count } from './report/format.ts'
import { showProgress } from './report/progress.ts'
import { report } from './report/report.ts'
import { createTerminal, type Terminal } from './report/terminal.ts'
import { drive } from './traffic/drive.ts'
import { planTraffic } from './traffic/plan.ts'

const stayUp = process.argv.includes('--serve')
const terminal = createTerminal(process.stdout)

// With an endpoint in the environment everything goes there; else to a receiver of the demo's own, which counts.
const receiver = process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] ? undefined : await receive()
const telemetry = register({
  service: 'proprio-demo',
  prometheus: { port: 0 },
  // The demo's events are all kept, so that its report is whole.
  store: { maxEvents: 50_000 },
  // The framework emits a server span for each request itself.
  http: { disableIncomingRequestInstrumentation: true },
  ...(receiver && { otlp: { endpoint: receiver.url, protocol: 'http/json' } }),
})

const workspace = await mkdtemp(join(tmpdir(), 'loom-'))
try {
  const running = await runPipeline(workspace, showProgress(terminal))
  await sendTraffic(running, terminal)
  await report(telemetry, terminal, receiver?.received)
  if (stayUp) await untilStopped(running.address)
  await running.close()
} finally {
  await rm(workspace, { recursive: true, force: true })
  await telemetry.shutdown()
  await receiver?.close()
}

async function sendTraffic({ registry, address }: Running, { passing }: Terminal): Promise<void> {
  const requests = planTraffic(registry)
  const begun = performance.now()
  const driven = await drive(address, requests, {
    atOnce: 8,
    onAnswer(answered) {
      if (answered % 20 === 0) passing(`… traffic ${answered} of ${requests.length}`)
    },
  })
  const classes = Object.entries(driven.byClass)
    .toSorted()
    .map(([name, answers]) => `${name} ${count(answers)}`)
  showProgress(terminal).ended('traffic', {
    exitCode: 0,
    summary: `${count(driven.requests)} requests, ${bytes(driven.bytes)} of answers: ${classes.join(', ')}`,
    milliseconds: performance.now() - begun,
  })
}

async function untilStopped(address: string): Promise<void> {
  terminal.line()
  terminal.line(
    `The API stays up on ${address}, its metrics on ${telemetry.health().prometheus?.url ?? '(off)'}. Ctrl-C ends it.`,
  )
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
}
