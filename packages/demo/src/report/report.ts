// The report: everything the demo knows of itself, asked from the telemetry handle.
import type { Telemetry } from '@proprio/sdk'
import type { Received } from '../receiver/receiver.ts'
import { accountLines } from './account.ts'
import { errorLines } from './errors.ts'
import { metricLines } from './metrics.ts'
import { operationLines, overviewLines } from './operations.ts'
import { slowFrom, slowLines, slowOperations } from './slow.ts'
import type { Terminal } from './terminal.ts'
import { treeLines } from './tree.ts'

/** Writes every section. `received` says what arrived at the receiver, when it is ours. */
export async function report(
  telemetry: Telemetry,
  terminal: Terminal,
  received: (() => Received) | undefined,
): Promise<void> {
  const { query } = telemetry
  const section = (title: string, lines: readonly string[]): void => {
    terminal.line()
    terminal.line(terminal.paint('bold', terminal.paint('cyan', title)))
    for (const line of lines) terminal.line(line)
  }
  section('Operations', await operationLines(query, terminal))
  const slow = await slowOperations(query)
  section(`Slow operations (${slowFrom} ms and more)`, slowLines(slow, terminal))
  section('Errors', await errorLines(query, terminal))
  const slowest = {
    'Slowest trace': slow[0],
    'Slowest request': slow.find(({ type }) => type === 'provider.request'),
  }
  for (const [title, event] of Object.entries(slowest)) {
    const trace = event?.traceId === undefined ? undefined : await query.trace(event.traceId)
    if (trace) section(`${title} (${trace.traceId})`, treeLines(trace, terminal))
  }
  section('Layers and levels', await overviewLines(query, terminal))
  const { url } = telemetry.health().prometheus ?? {}
  if (url !== undefined) section('Metrics', await metricLines(url, terminal))
  await telemetry.flush()
  section('Account of records', accountLines(telemetry.health(), received?.(), terminal))
}
