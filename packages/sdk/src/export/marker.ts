// The mark on the exporters' own connections. Instrumentations that see an outgoing request with a marked agent make no
// span for it; the suppressed context says the same, but needs a context manager and survives fewer awaits.
import type { Agent } from 'node:http'

const mark = Symbol.for('proprio.export.agent')

/** Marks an agent as the exporters' own. */
export function exportAgent<A extends Agent>(agent: A): A {
  return Object.defineProperty(agent, mark, { value: true })
}

/** True for an agent that `exportAgent` marked, whichever copy of this package did. */
export function isExportAgent(agent: unknown): boolean {
  return typeof agent === 'object' && agent !== null && mark in agent
}
