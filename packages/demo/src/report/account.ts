// Where every record went, by our own account, and what the other end of the wire counted.
import type { Health } from '@proprio/sdk'
import type { Received } from '../receiver/receiver.ts'
import { count } from './format.ts'
import { table } from './table.ts'
import { type Terminal, wrap } from './terminal.ts'

const right = { align: 'right' } as const

export function accountLines(health: Health, received: Received | undefined, { width, paint }: Terminal): string[] {
  const rows = health.account.hops.map((hop) => [
    hop.signal,
    ...[
      hop.started,
      hop.exported,
      hop.droppedTotal,
      hop.queued + hop.inFlight,
      hop.unsampled,
      hop.rejected,
      hop.live,
    ].map(count),
    hop.name,
  ])
  const columns = [
    { title: 'signal' },
    { title: 'started', ...right },
    { title: 'exported', ...right },
    { title: 'dropped', ...right },
    { title: 'waiting', ...right },
    { title: 'unsampled', ...right, optional: true as const },
    { title: 'rejected', ...right, optional: true as const },
    { title: 'running', ...right, optional: true as const },
    { title: 'destination', flexible: true as const, optional: true as const },
  ]
  const balanced = health.unaccounted === 0
  return [
    ...table(columns, rows, width),
    paint(balanced ? 'green' : 'red', `unaccounted: ${count(health.unaccounted)}`),
    ...wrap(`told by the emitters: ${emittersTold(health)}`, width),
    ...(received
      ? wrap(
          `received at the other end: ${count(received.spans)} spans, ${count(received.logs)} log records in ${count(received.requests)} requests`,
          width,
        )
      : []),
  ]
}

// Values past the bound of a dimension are the most of it: GitHub has more routes and tables than the conventions' definitions allow.
const emittersTold = ({ emitters }: Health): string =>
  Object.entries(emitters.counts)
    .map(([reason, times]) => `${reason} ${count(times)}`)
    .join(', ') || 'nothing'
