// Requests a second of an empty fastify route with three signals on, interleaved.
import autocannon from 'autocannon'
import { startReceiver } from '../../receiver/client.ts'
import type { Case } from '../case.ts'
import { spread } from '../rounds.ts'
import { startApp } from './app.ts'

/** Each with new processes: two of the same application differ by up to a tenth, for as long as they live. */
const pairs = 10
const rounds = 4
const seconds = 1.5
const connections = 20

export const requests: Case = {
  number: 7,
  async run() {
    const receiver = await startReceiver({ discard: true })
    const rates: Rates[] = []
    try {
      for (let pair = 0; pair < pairs; pair++) rates.push(...(await ratesOfPair(receiver.url)))
    } finally {
      await receiver.stop()
    }
    const [ours, stock] = [spread(rates.map((rate) => rate.ours)), spread(rates.map((rate) => rate.stock))]
    const best = (side: keyof Rates): number => Math.max(...rates.map((rate) => rate[side]))
    return [
      {
        number: 7,
        work: 'requests a second of a fastify route, three signals on',
        against: 'stock NodeSDK with instrumentation-http',
        ratio: {
          minimum: best('ours') / best('stock'),
          median: spread(rates.map((rate) => rate.ours / rate.stock)).median,
        },
        ours: `${ours.median.toFixed(0)} /s`,
        theirs: `${stock.median.toFixed(0)} /s`,
        must: { value: 1, above: true },
        aim: { value: 1.15, above: true },
      },
    ]
  },
}

/** Requests a second, one round after the other. */
interface Rates {
  readonly ours: number
  readonly stock: number
}

async function ratesOfPair(receiver: string): Promise<Rates[]> {
  const [ours, stock] = await Promise.all([startApp('ours', receiver), startApp('stock', receiver)])
  try {
    for (const { url } of [ours, stock]) await load(url)
    const rates: Rates[] = []
    for (let round = 0; round < rounds; round++) {
      if (round % 2 === 0) rates.push({ ours: await load(ours.url), stock: await load(stock.url) })
      else rates.push({ stock: await load(stock.url), ours: await load(ours.url) })
    }
    return rates
  } finally {
    await Promise.all([ours.stop(), stock.stop()])
  }
}

async function load(url: string): Promise<number> {
  const { requests, errors, non2xx } = await autocannon({ url, duration: seconds, connections })
  if (errors > 0 || non2xx > 0) throw new Error(`${url}: ${errors} errors, ${non2xx} other answers`)
  return requests.average
}
