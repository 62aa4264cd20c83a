// Before anything is timed: both sides of 2 and 6 send one operation to a real receiver, and what was decoded must be the same telemetry.
import assert from 'node:assert/strict'
import { startReceiver } from '../receiver/client.ts'
import type { ReceivedMetric, ReceivedSpan } from '../receiver/flatten.ts'
import { startSide } from './side.ts'

/** What ours adds on purpose. */
const added = ['proprio.type', 'proprio.layer']

/** Throws when the two sides differ in more than that; answers with what was compared. */
export async function checkSameTelemetry(): Promise<string> {
  const ours = await sent('registered-ours')
  const theirs = await sent('stock-by-hand')
  assert.deepEqual(ours, theirs, 'the two sides do not send the same telemetry')
  return `Both sides send the same span and histogram, decoded from OTLP. Ours adds: ${added.join(', ')}.`
}

async function sent(side: string): Promise<unknown> {
  const receiver = await startReceiver()
  const running = await startSide(side, receiver.url)
  try {
    await running.run(100)
    const { spans, metrics } = await receiver.received()
    return {
      spans: spans.map(comparableSpan),
      metrics: metrics.filter(({ scope }) => scope.name === 'shop').map(comparableMetric),
    }
  } finally {
    await running.stop()
    await receiver.stop()
  }
}

const comparableSpan = ({ name, kind, attributes, events, links, status, scope }: ReceivedSpan): object => ({
  name,
  kind,
  attributes: Object.fromEntries(Object.entries(attributes).filter(([key]) => !added.includes(key))),
  events,
  links,
  status,
  scope,
})

const comparableMetric = ({ name, unit, kind, temporality, points, scope }: ReceivedMetric): object => ({
  name,
  unit,
  kind,
  temporality,
  points: points.map(({ attributes, count, explicitBounds }) => ({ attributes, count, explicitBounds })),
  scope,
})
