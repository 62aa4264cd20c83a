// Before anything is timed: the sides that send anything send it to a real receiver, and what was decoded must be the same telemetry.
import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { type Receiver, startReceiver } from '../receiver/client.ts'
import type { Received, ReceivedMetric, ReceivedSpan } from '../receiver/flatten.ts'
import { startApp } from './cases/app.ts'
import { startSide } from './side.ts'

/** What ours adds on purpose. */
const added = ['proprio.type', 'proprio.layer', 'http.route']

/** Throws when two sides differ in more than that; answers with what was compared. */
export async function checkSameTelemetry(): Promise<string> {
  const byHand = await operations('stock-by-hand')
  for (const ours of ['registered-ours', 'exported-ours'])
    assert.deepEqual(await operations(ours), byHand, `${ours} does not send what stock-by-hand sends`)
  assert.deepEqual(await requests('ours'), await requests('stock'), 'the two applications do not send the same')
  return `Both sides send the same spans and histograms, decoded from OTLP. Ours adds: ${added.join(', ')}, and the route in a span's name.`
}

interface Comparable {
  readonly spans: readonly object[]
  readonly metrics: readonly object[]
}

async function operations(side: string): Promise<Comparable> {
  return received(async (receiver) => {
    const running = await startSide(side, receiver.url)
    try {
      await running.run(100)
      return comparable(await receiver.received(), 'shop')
    } finally {
      await running.stop()
    }
  })
}

const fewRequests = 5
const longestMs = 10_000

async function requests(kind: string): Promise<Comparable> {
  return received(async (receiver) => {
    const app = await startApp(kind, receiver.url, {
      OTEL_BSP_SCHEDULE_DELAY: '50',
      OTEL_METRIC_EXPORT_INTERVAL: '200',
    })
    try {
      for (let request = 0; request < fewRequests; request++) await (await fetch(app.url)).text()
      for (let waited = 0; waited < longestMs; waited += 50) {
        const found = comparable(await receiver.received(), '@opentelemetry/instrumentation-http')
        if (found.spans.length === fewRequests && found.metrics.length > 0) return found
        await setTimeout(50)
      }
      throw new Error(`${kind}: ${fewRequests} requests did not arrive as so many spans and a histogram`)
    } finally {
      await app.stop()
    }
  })
}

async function received(ask: (receiver: Receiver) => Promise<Comparable>): Promise<Comparable> {
  const receiver = await startReceiver()
  try {
    return await ask(receiver)
  } finally {
    await receiver.stop()
  }
}

// Of a histogram the newest export that tells of everything; earlier ones tell of a part.
function comparable({ spans, metrics }: Received, scopeName: string): Comparable {
  const ours = metrics.filter(({ scope, points }) => scope.name === scopeName && points.some(isWhole(spans.length)))
  return {
    spans: spans.filter(({ scope }) => scope.name === scopeName).map(comparableSpan),
    metrics: ours.slice(-1).map(comparableMetric),
  }
}

const isWhole =
  (count: number) =>
  (point: ReceivedMetric['points'][number]): boolean =>
    Number(point['count']) === count

const without = (attributes: object): object =>
  Object.fromEntries(Object.entries(attributes).filter(([key]) => !added.includes(key) && key !== 'network.peer.port'))

const perProcess = new Set(['server.port', 'http.host', 'url.full'])
const values = (attributes: object): object =>
  Object.fromEntries(
    Object.entries(without(attributes)).map(([key, value]) => [key, perProcess.has(key) ? '…' : value]),
  )

const comparableSpan = ({ name, kind, attributes, events, links, status, scope }: ReceivedSpan): object => ({
  name: name.split(' ')[0],
  kind,
  attributes: values(attributes),
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
  points: points.map(({ attributes, count, explicitBounds }) => ({
    attributes: values(attributes),
    count,
    explicitBounds,
  })),
  scope,
})
