// What the sdk says: by the level that was asked for, to whom it was asked for, and not the same thing over and over.
import { diag, metrics, trace } from '@opentelemetry/api'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { expect, test } from 'vitest'
import { createDiagnostics, listenForRefusals } from './diagnostics.ts'
import { messageOf } from './message.ts'

function speaking(logLevel: 'none' | 'error' | 'warn' | 'all' = 'warn') {
  const said: string[] = []
  let now = 1_000_000
  const hear = (level: string) => (message: string) => void said.push(`${level} ${message}`)
  const logger = { error: hear('error'), warn: hear('warn'), info() {}, debug() {}, verbose() {} }
  const diagnostics = createDiagnostics({ logger, logLevel, clock: { now: () => now, random: Math.random } })
  return { said, diagnostics, pass: (ms: number) => void (now += ms) }
}

test.each([
  ['none', []],
  ['error', ['error proprio: e']],
  ['warn', ['warn proprio: w', 'error proprio: e']],
  ['all', ['warn proprio: w', 'error proprio: e']],
] as const)('at level %s', (logLevel, expected) => {
  const { said, diagnostics } = speaking(logLevel)
  diagnostics.warn('w')
  diagnostics.error('e')
  expect(said).toEqual(expected)
})

test('the same sentence once a minute, others at once', () => {
  const { said, diagnostics, pass } = speaking()
  for (let second = 0; second < 90; second++) {
    diagnostics.warn('again')
    pass(1_000)
  }
  diagnostics.warn('other')
  expect(said).toEqual(['warn proprio: again', 'warn proprio: again', 'warn proprio: other'])
})

test('a logger that throws does not reach the host', () => {
  const throwing = (): never => {
    throw new Error('on purpose')
  }
  const logger = { error: throwing, warn: throwing, info: throwing, debug: throwing, verbose: throwing }
  const clock = { now: Date.now, random: Math.random }
  expect(() => createDiagnostics({ logger, logLevel: 'warn', clock }).warn('w')).not.toThrow()
})

test.each([
  [new TypeError('what'), 'what'],
  ['text', 'text'],
  [undefined, 'undefined'],
  [Object.create(null), 'no reason can be read'],
])('the reason in whatever was thrown: %o', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message)
})

test('a set-up that comes after us and is refused is told of, once; nothing else of OpenTelemetry is', () => {
  const { said, diagnostics } = speaking()
  listenForRefusals(diagnostics)
  for (let time = 0; time < 2; time++) {
    trace.setGlobalTracerProvider(new TracerProvider())
    metrics.setGlobalMeterProvider(new MeterProvider())
  }
  diag.error('something else')
  expect(said).toEqual([
    expect.stringMatching(/^warn proprio: another OpenTelemetry set-up .*withProprio.*attach: true/),
  ])
  for (const api of [trace, metrics, diag]) api.disable()
})
