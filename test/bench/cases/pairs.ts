// The benchmarks that are two sides of the same work.
import { startReceiver } from '../../receiver/client.ts'
import type { Case, Result } from '../case.ts'
import { type Pair, runPair } from '../rounds.ts'

type Row = Pick<Result, 'number' | 'work' | 'against' | 'must' | 'aim'> &
  Omit<Pair, 'endpoint'> & { readonly exports?: true; readonly added?: true }

const rows: readonly Row[] = [
  {
    number: 1,
    work: 'an operation with three attributes',
    against: 'span and histogram by hand, same SDK',
    ours: 'operation-ours',
    theirs: 'operation-by-hand',
    times: 50_000,
    rounds: 10,
    processes: 6,
    measure: 'wall',
    must: { value: 1.15 },
    aim: { value: 1 },
  },
  {
    number: 2,
    work: 'the same under register(), everything on',
    against: 'by hand on NodeSDK with BatchSpanProcessor',
    ours: 'registered-ours',
    theirs: 'stock-by-hand',
    times: 20_000,
    rounds: 10,
    processes: 3,
    measure: 'wall',
    exports: true,
    must: { value: 1.2 },
    aim: { value: 0.8 },
  },
  {
    number: 3,
    work: 'an operation without an SDK',
    against: 'by hand without an SDK',
    ours: 'no-sdk-ours',
    theirs: 'no-sdk-by-hand',
    times: 500_000,
    rounds: 10,
    processes: 3,
    measure: 'wall',
    must: { value: 1 },
    aim: { value: 0.3 },
  },
  {
    number: 4,
    work: 'a layer that is switched off',
    against: 'an empty function call',
    ours: 'switched-off',
    theirs: 'empty-call',
    times: 3_000_000,
    rounds: 10,
    processes: 3,
    measure: 'wall',
    added: true,
    must: { value: 15, text: '+15 ns' },
    aim: { value: 5, text: '+5 ns' },
  },
  {
    number: 6,
    work: 'CPU of a span, end to end to a local OTLP sink (store off)',
    against: 'stock SDK and OTLP/protobuf exporter',
    ours: 'exported-ours',
    theirs: 'stock-by-hand',
    times: 20_000,
    rounds: 10,
    processes: 3,
    measure: 'cpu',
    exports: true,
    must: { value: 1.05 },
    aim: { value: 0.75 },
  },
  {
    number: 6,
    work: 'the same, everything on',
    against: 'stock SDK, which has no store',
    ours: 'registered-ours',
    theirs: 'stock-by-hand',
    times: 20_000,
    rounds: 10,
    processes: 3,
    measure: 'cpu',
    exports: true,
  },
]

export const pairs: readonly Case[] = rows.map((row) => ({ number: row.number, run: async () => [await runRow(row)] }))

async function runRow({ exports: exporting, added, ...row }: Row): Promise<Result> {
  const receiver = exporting && (await startReceiver({ discard: true }))
  const { ours, theirs } = await runPair({ ...row, ...(receiver && { endpoint: receiver.url }) })
  await (receiver && receiver.stop())
  const compare = added ? (our: number, their: number) => our - their : (our: number, their: number) => our / their
  return {
    number: row.number,
    work: row.work,
    against: row.against,
    ratio: { minimum: compare(ours.minimum, theirs.minimum), median: compare(ours.median, theirs.median) },
    ours: nanoseconds(ours.median),
    theirs: nanoseconds(theirs.median),
    ...(row.must && { must: row.must }),
    ...(row.aim && { aim: row.aim }),
  }
}

const nanoseconds = (value: number): string =>
  value < 1000 ? `${value.toFixed(1)} ns` : `${(value / 1000).toFixed(2)} µs`
