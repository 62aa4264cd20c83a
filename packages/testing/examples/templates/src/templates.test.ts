// What the engine is to tell. `recordTelemetry` hands each test what it causes, and nothing of the tests beside it: these run at once.
import { equal, match, rejects, throws } from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  assertConformsTo,
  assertContext,
  assertContract,
  assertCoverage,
  assertDescendantOf,
  assertEvent,
  assertException,
  assertLeaksNothing,
  assertMetric,
  assertNoErrors,
  assertNoOpenSpans,
  assertSlow,
  assertSpan,
  assertSpans,
  assertStatus,
  assertTrace,
  recordTelemetry,
  virtualClock,
} from '@proprio/testing'
import { pages } from './catalogue.ts'
import { templates } from './templates.ts'

const views = fileURLToPath(new URL('views', import.meta.url))
const lines = [
  { what: 'bread', price: 3 },
  { what: 'salt', price: 1 },
]

// Every event type of the catalogue is emitted by some test, and not only in failing form.
after(() => assertCoverage({ floor: 1 }))

describe('a page', { concurrency: true }, () => {
  test('is rendered with its parts, and each is compiled once', () =>
    recordTelemetry((telemetry) => {
      using shop = templates('shop', { views })
      match(shop.render('receipt', { lines }), /<p>bread: 3<\/p>\n<p>salt: 1<\/p>/)

      // The whole of it, as it is read: without times and ids, so it is the same in every run.
      equal(
        telemetry.tree(),
        `render receipt pages.site="shop" pages.template.as="page" pages.template.bytes=48 pages.template.template="receipt"
  compile receipt.eta pages.site="shop" pages.template.bytes=91 pages.template.template="receipt.eta"
  render line pages.site="shop" pages.template.as="part" pages.template.bytes=16 pages.template.template="line"
    compile line.eta pages.site="shop" pages.template.bytes=39 pages.template.template="line.eta"
  render line pages.site="shop" pages.template.as="part" pages.template.bytes=15 pages.template.template="line"`,
      )
      // Or only what matters, by the catalogue's own words: a wrong attribute would not compile.
      assertTrace(telemetry, {
        span: pages.template.render,
        attributes: { as: 'page' },
        children: [{ span: pages.template.render, attributes: { template: 'line', as: 'part' }, times: 2 }],
      })
      assertNoErrors(telemetry)
    }))

  test('that was rendered before is not compiled again', () =>
    recordTelemetry((telemetry) => {
      using shop = templates('shop', { views })
      shop.render('receipt', { lines })
      telemetry.clear()
      shop.render('receipt', { lines })

      assertSpan.not(telemetry, pages.template.compile)
      assertMetric(telemetry, pages.template.reused, { dimensions: { template: 'line' }, increasedBy: 2 })
      assertMetric(telemetry, pages.template.reused, { increasedBy: 3 })
    }))

  test('says how long its parts are', () =>
    recordTelemetry((telemetry) => {
      using shop = templates('shop', { views })
      shop.render('receipt', { lines })
      assertMetric(telemetry, 'pages.template.render.bytes', {
        count: 3,
        sum: 79,
        quantile: { 0.5: 16, 1: { atLeast: 40 } },
      })
    }))

  test('that takes long is slow, on a clock that the test moves', () =>
    recordTelemetry((telemetry) => {
      const clock = virtualClock()
      telemetry.use(clock)
      using shop = templates('shop')
      shop.define('@price', 'It costs <%= it.price() %>')
      const price = (): number => {
        clock.advance(150)
        return 12
      }
      shop.render('@price', { price })

      assertSlow(telemetry.span(pages.template.render))
      assertMetric(telemetry, pages.template.render, { sum: 0.15 })
    }))

  test('that awaits keeps its parts below it, also beside others', () =>
    recordTelemetry(async (telemetry) => {
      using shop = templates('shop', { views })
      const later = async <Value>(value: Value): Promise<Value> => {
        await nextTurn()
        return value
      }
      await Promise.all([
        shop.renderAsync('greeting', { name: later('Ann'), price: 12 }),
        shop.renderAsync('greeting', { name: 'Bob', price: later(7) }),
      ])
      assertNoOpenSpans(telemetry)
      assertSpans(telemetry, 2, pages.template.render, { as: 'page' })
      const [ann, bob] = telemetry.spans(({ parentSpanId }) => parentSpanId === undefined)
      const parts = telemetry.spans(({ name }) => name === 'render line')
      equal(parts.length, 2)
      for (const part of parts) assertDescendantOf(part, part.traceId === ann?.traceId ? ann : bob!)
    }))
})

describe('what goes wrong', { concurrency: true }, () => {
  test('a part that is not there is told once, and fails each template above it', () =>
    recordTelemetry((telemetry) => {
      using shop = templates('shop')
      shop.define('@body', '<%~ include("@footer") %>')
      shop.define('@page', '<%~ include("@body") %>')
      throws(() => shop.render('@page', {}), /@footer/)

      assertEvent(telemetry, pages.template.missing, { template: '@footer' }, { level: 'warn' })
      equal(telemetry.events(pages.template.missing).length, 1)
      assertTrace(telemetry, {
        span: 'render @page',
        error: '@footer',
        children: [
          { span: 'render @body', error: '@footer', children: [{ span: 'render @footer', error: '@footer' }] },
        ],
      })
    }))

  test('a template that is none says where', () =>
    recordTelemetry((telemetry) => {
      using shop = templates('shop')
      throws(() => shop.define('@broken', '<%= it.name'))
      assertException(telemetry, 'EtaParser Error')
      assertStatus(telemetry.span(pages.template.compile), 'error', /unclosed tag/)
    }))

  test('an error of the data is the caller’s, and leaves nothing of the data behind', () =>
    recordTelemetry(async (telemetry) => {
      using shop = templates('shop', { views })
      const customer = { email: 'ann@example.org', token: 'd41d8cd98f' }
      await rejects(shop.renderAsync('greeting', { name: Promise.reject(new RangeError('too young')), customer }), {
        name: 'RangeError',
      })

      assertException(telemetry, RangeError)
      assertEvent.not(telemetry, pages.template.missing)
      // In no signal, neither as it is nor encoded.
      assertLeaksNothing(telemetry, [customer.email, customer.token])
    }))
})

test('how many templates are kept, by a test that runs alone', () =>
  recordTelemetry((telemetry) => {
    using shop = templates('shop', { views })
    shop.define('@one', 'one')
    shop.render('receipt', { lines })
    assertMetric(telemetry, 'pages.template.kept', { dimensions: { 'pages.site': 'shop' }, value: 3 })
  }))

test('all that is emitted is as the catalogue says, and of the site that asked', () =>
  recordTelemetry((telemetry) => {
    using shop = templates('shop', { views })
    shop.render('receipt', { lines })
    assertConformsTo(telemetry, pages)
    assertContext(telemetry, pages, { site: 'shop' })
  }))

test('the catalogue breaks no promise to those who read dashboards', () => {
  assertContract(pages, new URL('pages.contract.json', import.meta.url))
})
