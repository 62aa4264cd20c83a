// Redaction on the real SDK: each known shape, in each place a record has, and nothing normal.
import { inspect } from 'node:util'
import { ROOT_CONTEXT, SpanStatusCode } from '@opentelemetry/api'
import { LoggerProvider } from '@opentelemetry/sdk-logs'
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace'
import { type LogRecord, type SpanRecord, type StartedSpan, type Writer } from '@proprio/store'
import { anything, assert, bigInt, constant, integer, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { logProcessor, spanProcessor } from './processors.ts'
import { createRedactor, mask } from './redact.ts'
import { secretShapes } from './secrets.ts'
import { writeTo } from './stored.ts'

function recording(given: { patterns?: RegExp[]; keys?: string[] } = {}) {
  const redactor = createRedactor({ patterns: given.patterns ?? [], keys: given.keys ?? [] })
  const spans: SpanRecord[] = []
  const started: StartedSpan[] = []
  const logs: LogRecord[] = []
  const queued: ReadableSpan[] = []
  const failures: unknown[] = []
  const writer: Writer = {
    started: (span) => void started.push(span),
    span: (span) => void spans.push(span),
    log: (log) => void logs.push(log),
    async flush() {},
    async clear() {},
    async close() {},
  }
  const failed = (...what: unknown[]): void => void failures.push(what)
  const stages = { redactor, stored: writeTo({ writers: [writer], redactor, failed }), events: 'both', failed } as const
  const idle = { async forceFlush() {}, async shutdown() {} }
  const queue = { ...idle, onStart() {}, onEnd: (span: ReadableSpan) => void queued.push(span) }
  const tracer = new TracerProvider({ spanProcessors: [spanProcessor(stages, [queue])] }).getTracer('t')
  const logger = new LoggerProvider({ processors: [logProcessor(stages, [])] }).getLogger('l')
  return { redactor, tracer, logger, spans, started, logs, queued, failures }
}

// Put together from parts, so that no scanner takes this file for a leak.
const whole = (...parts: readonly string[]): string => parts.join('')

const samples: Readonly<Record<string, readonly string[]>> = {
  'AWS access key': [whole('AKIA', 'IOSFODNN7EXAMPLE'), whole('ASIA', 'Y34FZKBOKMUTVV7A')],
  'GitHub token': [
    whole('ghp_', 'a1B2'.repeat(9)),
    whole('ghs_', 'Zz09'.repeat(9)),
    whole('github_pat_', 'A1_b'.repeat(8)),
  ],
  'GitLab token': [whole('glpat-', 'abc_DEF-1234567890xy')],
  'Slack token': [whole('xoxb-', '1234567890-abcdef'), whole('xoxp-', '0987654321')],
  'Slack webhook': [whole('hooks.slack.com/services/', 'T00000000/B00000000/XXXXXXXX')],
  'Stripe key': [whole('sk_live_', '4eC39HqLyjWDarjt'), whole('rk_test_', '4eC39HqLyjWDarjtT1zd')],
  'OpenAI or Anthropic key': [
    whole('sk-', 'proj-Ab12Cd34Ef56Gh78Ij90'),
    whole('sk-', 'ant-api03-aB3dE5gH7jK9mN1pQ3sT'),
  ],
  'Google API key': [whole('AIza', 'SyA1234567890abcdefghijklmnopqrstuv')],
  'npm token': [whole('npm_', 'a1B2'.repeat(9))],
  'PyPI token': [whole('pypi-', 'AgEI'.repeat(13))],
  'JSON Web Token': [whole('eyJ', 'hbGciOiJIUzI1NiJ9.eyJ', 'zdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N')],
  'authorization header': [whole('Bearer ', 'abcdef1234567890ABCDEF'), whole('Basic ', 'QWxhZGRpbjpvcGVuIHNlc2FtZQ==')],
  'private key': [whole('-----BEGIN RSA', ' PRIVATE KEY-----\nMIIEow\nabc\n-----END RSA', ' PRIVATE KEY-----')],
  'password in a URL': [whole('postgres://shop:', 'hunter2@db:5432/shop')],
  'secret in a query': [
    whole('/callback?state=1&access_token=', 'abcdef12345'),
    whole('/callback?apiKey=', 'abcdef12345'),
  ],
}

test('there are samples of every shape', () => {
  expect(Object.keys(samples)).toEqual(Object.keys(secretShapes))
})

test.each(Object.entries(samples).flatMap(([shape, texts]) => texts.map((text) => [shape, text] as const)))(
  '%s (%s) is masked in every place',
  (_shape, secret) => {
    const { tracer, logger, spans, started, logs, queued, failures } = recording()
    const attributes = { plain: `a ${secret} b`, list: [secret], nested: { a: [{ b: secret }] } }
    const link = { context: { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 }, attributes }
    const span = tracer.startSpan(`n ${secret} m`, { attributes, links: [link] })
    span.setAttribute('later', secret)
    const running = JSON.stringify([started[0]?.name, started[0]?.attributes])
    span.addEvent(`n ${secret} m`, attributes)
    span.recordException(new Error(secret))
    span.setStatus({ code: SpanStatusCode.ERROR, message: secret })
    span.end()
    logger.emit({ eventName: 'e', body: `a ${secret} b`, attributes, context: ROOT_CONTEXT })
    logger.emit({ body: { nested: [secret] }, attributes })
    const [first, second] = logs
    const places = [
      running,
      [spans[0]?.name, spans[0]?.attributes, spans[0]?.events, spans[0]?.links, spans[0]?.status],
      [queued[0]?.name, queued[0]?.attributes, queued[0]?.events, queued[0]?.links, queued[0]?.status],
      [first?.body, first?.attributes, second?.body, second?.attributes],
    ].map((place) => JSON.stringify(place))
    // The part that is secret: a URL's address and a query's name stay.
    const [hidden = secret] = /hunter2|abcdef12345$/.exec(secret) ?? []
    for (const place of places) {
      expect(place).not.toContain(JSON.stringify(hidden).slice(1, -1))
      expect(place).toContain(mask)
    }
    expect(spans[0]?.attributes['plain']).toMatch(/^a .*\[redacted\].* b$/)
    expect(failures).toEqual([])
  },
)

test('a name says so inside JSON too, which is how an attribute carries an object', () => {
  const { redactor } = recording()
  const text = '{ "db": {"password": "hunter2", "port": 5432, "on": true}, "list": [{"apiKey":"abcdefgh"}, "plain"] }'
  expect(redactor.text(text)).toBe(
    `{"db":{"password":"${mask}","port":5432,"on":true},"list":[{"apiKey":"${mask}"},"plain"]}`,
  )
  expect(redactor.masked()).toBe(2)
  expect(redactor.text(JSON.stringify({ told: JSON.stringify({ token: 'abcdefgh' }) }))).not.toContain('abcdefgh')
})

test.each([
  '{ "name": "Ann", "id": 12345678901234567890 }',
  '["a", {"b": 1}]',
  '{"password": "cut off',
  '[warn] "password" was set',
  '{}',
])('what holds none, or is no JSON, is left as it is written: %s', (text) => {
  const { redactor } = recording()
  expect(redactor.text(text)).toBe(text)
  expect(redactor.masked()).toBe(0)
})

test('what is normal stays as it is', () => {
  const { tracer, spans, redactor } = recording()
  const attributes = {
    'gen_ai.usage.input_tokens': 12,
    'gen_ai.token.type': 'input',
    'url.full': 'https://shop.example/a/b?page=2&next_token_is=none#top',
    'url.user': 'https://user@shop.example/',
    'user.email': 'jane.doe@example.com',
    'user.id': '550e8400-e29b-41d4-a716-446655440000',
    commit: '9fceb02d0ae598e95dc970b74767f19372d61af8',
    digest: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    slug: '/sk-bratislava-central-station-guide',
    said: 'basic internationalization, bearer of bad tidings',
    'k8s.secret.name': 'tls',
    'has.password': true,
    author: 'someone',
    monkey: 'banana',
    time: '2026-11-21T10:00:00.000Z',
    sql: 'select token_count from passwords where id = $1',
    image: 'registry.example:5000/shop@sha256:abc',
    scoped: '@scope/package@1.2.3',
    prose: 'password=hunter2 was refused, and so was ?token',
    base64: `eyJ${'abcd'.repeat(30)}`,
  }
  tracer.startSpan('GET /users/:id', { attributes }).end()
  expect(spans[0]?.attributes).toEqual(attributes)
  expect(spans[0]?.name).toBe('GET /users/:id')
  expect(redactor.masked()).toBe(0)
})

test.each([
  ['api_key=supersecret', `api_key=${mask}`],
  ['api_key=supersecret&page=2', `api_key=${mask}&page=2`],
  ['page=2&apiKey=supersecret', `page=2&apiKey=${mask}`],
  ['password=hunter2&user=jane', `password=${mask}&user=jane`],
])('a query is one without its question mark: %s', (query, shown) => {
  const { redactor } = recording()
  expect(redactor.text(query)).toBe(shown)
  expect(redactor.text(shown)).toBe(shown)
})

test('names that are secrets themselves are masked, at the top as within, with their values', () => {
  const { tracer, spans, started, logger, logs, redactor } = recording()
  const secret = samples['GitHub token']![0]!
  const attributes = { [secret]: 1, [`${secret}.password`]: 'plain', more: { [secret]: 2 } }
  // The SDK takes no nested values on a span event.
  const flat = { [secret]: 1, [`${secret}.password`]: 'plain' }
  const span = tracer.startSpan('s', { attributes }).addEvent('e', flat)
  const running = started[0]?.attributes
  span.end()
  logger.emit({ body: attributes, attributes })
  const shown = { [mask]: 1, [`${mask}.password`]: mask, more: { [mask]: 2 } }
  expect([running, spans[0]?.attributes, logs[0]?.attributes, logs[0]?.body]).toEqual([shown, shown, shown, shown])
  expect(spans[0]?.events[0]?.attributes).toEqual({ [mask]: 1, [`${mask}.password`]: mask })
  expect(attributes).toHaveProperty([secret], 1)
  expect(redactor.masked()).toBe(4 * 4 + 3)
})

test.each([
  'password',
  'db.password',
  'DB_PASSWORD',
  'user.newPassword',
  'client_secret',
  'http.request.header.authorization',
  'http.response.header.set-cookie',
  'http.request.header.x-api-key',
  'accessToken',
  'aws.secretAccessKey',
  'credentials',
])('a value named %s is masked, whatever it is', (key) => {
  const { tracer, spans, logger, logs } = recording()
  tracer.startSpan('s', { attributes: { [key]: ['plain'], more: { [key]: 'plain' } } }).end()
  logger.emit({ body: { [key]: { deep: 1 } } })
  expect(spans[0]?.attributes).toEqual({ [key]: mask, more: { [key]: mask } })
  expect(logs[0]?.body).toEqual({ [key]: mask })
})

test('patterns and keys of the application’s own come on top', () => {
  const { tracer, spans, redactor } = recording({ patterns: [/card-\d{4}/gi], keys: ['Order.Number', 'pin'] })
  const attributes = { a: 'CARD-1234 and card-5678', 'order.number': 7, 'x.pin': '1', other: 'order.number' }
  tracer.startSpan('card-1234', { attributes }).end()
  expect(spans[0]).toMatchObject({
    name: mask,
    attributes: { a: `${mask} and ${mask}`, 'order.number': mask, 'x.pin': mask, other: 'order.number' },
  })
  expect(redactor.masked()).toBe(4)
})

test('the application’s own objects are not changed', () => {
  const { logger, logs } = recording()
  const body = { token: 'abc', list: [{ password: 'x' }] }
  logger.emit({ body })
  expect(body).toEqual({ token: 'abc', list: [{ password: 'x' }] })
  expect(logs[0]?.body).toEqual({ token: mask, list: [{ password: mask }] })
  const inheriting = Object.create({ token: 'abc' }) as Record<string, unknown>
  logger.emit({ body: inheriting as never })
  inheriting['later'] = 'written'
  expect(logs[1]?.body).toEqual({ token: mask })
})

test('cycles end, shared parts are masked everywhere, depth is bounded, and what cannot be read is not shown', () => {
  const { logger, logs, failures } = recording()
  const shared = { password: 'x' }
  const cycle: Record<string, unknown> = { shared, again: shared }
  cycle['self'] = cycle
  logger.emit({ body: cycle as never })
  expect(logs[0]?.body).toEqual({ shared: { password: mask }, again: { password: mask }, self: '[circular]' })
  let deep: unknown = { password: 'x' }
  for (let level = 0; level < 100_000; level++) deep = [deep]
  logger.emit({ body: deep as never })
  expect(JSON.stringify(logs[1]?.body)).toContain(mask)
  const trap = {
    get a() {
      throw new Error('on purpose')
    },
  }
  logger.emit({ body: trap as never, attributes: { b: 1 } })
  expect(logs[2]).toMatchObject({ body: mask, attributes: {} })
  expect(failures).toEqual([])
})

test('whatever a body is: nothing throws, no secret is left, and redacting again changes nothing', () => {
  const { redactor, logger, logs, failures } = recording()
  const secret = samples['GitHub token']![0]!
  const values = [string(), constant(secret), string().map((text) => `${text} ${secret}`), integer(), bigInt()]
  const body = anything({
    values,
    key: string(),
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
  })
  assert(
    property(body, (value) => {
      logs.length = 0
      logger.emit({ body: value as never })
      const written = inspect(logs[0]?.body, { depth: 100 })
      expect(written).not.toContain(secret)
      const masked = redactor.masked()
      logger.emit({ body: logs[0]?.body as never })
      expect(inspect(logs[1]?.body, { depth: 100 })).toBe(written)
      expect(redactor.masked()).toBe(masked)
    }),
    { numRuns: 300 },
  )
  expect(failures).toEqual([])
})

/** What keeps each shape busy longest: its beginning over and over, and almost the whole of it. */
const adversarial: Readonly<Record<string, readonly string[]>> = {
  'AWS access key': ['AKIA', 'AKIA-', `AKIA${'A'.repeat(15)}-`],
  'GitHub token': ['ghp_', 'github_pat_', '-github_pat_', `-ghp_${'a'.repeat(300)}`],
  'GitLab token': ['glpat-', `glpat-${'a'.repeat(19)} `],
  'Slack token': ['xoxb-', 'xoxb-1 '],
  'Slack webhook': ['hooks.slack.com/services/', 'hooks.slack.com/services/ '],
  'Stripe key': ['sk_live_', `sk_live_${'a'.repeat(15)} `],
  'OpenAI or Anthropic key': ['sk-', 'sk-a', `sk-${'a'.repeat(19)} `, 'sk-A'],
  'Google API key': ['AIza', '-AIza', `AIza${'a'.repeat(34)} `],
  'npm token': ['npm_', `npm_${'a'.repeat(35)} `],
  'PyPI token': ['pypi-', `pypi-${'a'.repeat(49)} `],
  'JSON Web Token': ['eyJ', '-eyJ', '-eyJaaaaaaaaaa', '.eyJ', '.eyJaaaaaaaaaa', '.eyJaaaaaaaaaa-eyJ'],
  'authorization header': ['Bearer ', 'basic -', `basic ${'a'.repeat(40)} `, 'basic basic'],
  'private key': ['-', '-----BEGIN ', '-----BEGIN PRIVATE KEY-----', '-----END ', 'PRIVATE KEY-----', '-----BEGIN A'],
  'password in a URL': ['://', '://a:', `://${'a'.repeat(130)}`, `://a:${'b'.repeat(260)}`, ':', '://a:@'],
  'secret in a query': ['?token=', '&token=abc', '?&', 'token=', 'api_key= '],
}
const pieces = Object.values(adversarial).flat()

test('of every shape is known what keeps it busy', () => {
  expect(Object.keys(adversarial)).toEqual(Object.keys(secretShapes))
})

/** Milliseconds, the least of several. */
function fastest(work: () => void, rounds = 7): number {
  const times = Array.from({ length: rounds }, () => {
    const began = performance.now()
    work()
    return performance.now() - began
  })
  return Math.min(...times)
}

const filled = (head: string, piece: string, length: number): string =>
  (head + piece.repeat(Math.ceil(length / piece.length))).slice(0, length)
// A private key's end may be anywhere: begun and never ended, it is looked for in all that follows.
const heads = ['', '-----BEGIN PRIVATE KEY-----', 'token=', 'eyJaaaaaaaaaa', '://']

// One undisturbed measurement is enough: what is quadratic has none.
const attempts = 6

test.each(pieces)('%j over and over takes time in proportion to its length', (piece) => {
  const { redactor } = recording()
  for (const head of heads) {
    const [short, long] = [filled(head, piece, 30_000), filled(head, piece, 240_000)]
    const ratio = (): number =>
      fastest(() => redactor.text(long)) /
      Math.max(
        fastest(() => redactor.text(short)),
        0.05,
      )
    let least = Infinity
    // Eight times the length: 8 when linear, 64 when quadratic.
    for (let attempt = 0; attempt < attempts && least >= 28; attempt++) least = Math.min(least, ratio())
    expect(least).toBeLessThan(28)
  }
})

test('a text of 50 MB is cut before it is looked through', () => {
  const { redactor } = recording()
  expect(redactor.text(`${'a b '.repeat(12_500_000)} password`).length).toBeLessThan(300_000)
})
