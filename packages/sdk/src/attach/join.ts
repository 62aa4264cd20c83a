// Living with others: our providers where a signal is free; where another set-up has it, our processors in theirs, as far as they let us and we were asked.
import { logs, metrics, trace } from '@opentelemetry/api'
import { isTaken, measureAccount, provide, signalNames } from '../assemble/providers.ts'
import type { Parts } from '../assemble/parts.ts'
import type { RegisterOptions, SignalName } from '../config/index.ts'
import type { SignalHealth } from '../handle/health.ts'
import { attachLogProcessor, attachSpanProcessor } from './internals.ts'

type Signals = Readonly<Record<SignalName, SignalHealth>>

/** Signals that another set-up sends where the environment says: ours to the same place would arrive twice, unless an option asks for it. */
export function sentElsewhere({ otlp }: Pick<RegisterOptions, 'otlp'>): ReadonlySet<SignalName> {
  return new Set(otlp === undefined ? signalNames.filter(isTaken) : [])
}

export function joinSignals(parts: Parts): Signals {
  if (parts.config.disabled) {
    const off: SignalHealth = { state: 'off', note: 'disabled by option or OTEL_SDK_DISABLED' }
    return { traces: off, metrics: off, logs: off }
  }
  // Metrics first: instruments of the other two are made when they are.
  const metrics = join('metrics', parts)
  return { metrics, traces: join('traces', parts), logs: join('logs', parts) }
}

function join(signal: SignalName, parts: Parts): SignalHealth {
  if (!isTaken(signal)) {
    provide[signal](parts)
    return { state: 'registered' }
  }
  const joined = parts.config.attach ? attach[signal](parts) : foreign
  if (joined.state === 'foreign' || (joined.state === 'partly' && parts.metricReaders.length > 0))
    parts.diagnostics.warn(`${signal}: ${joined.note}`)
  return joined
}

const foreign: SignalHealth = {
  state: 'foreign',
  note: 'another OpenTelemetry set-up was registered before. Make it with new NodeSDK(withProprio({ … })), or call register({ attach: true }) after it',
}

const attach = {
  traces({ spanProcessor }) {
    return attachSpanProcessor(trace.getTracerProvider(), spanProcessor)
      ? { state: 'attached', note: 'another set-up samples: what it does not record is not seen' }
      : { state: 'foreign', note: 'the other set-up has no place for a span processor that we know. Use withProprio()' }
  },
  logs({ logProcessor }) {
    return attachLogProcessor(logs.getLoggerProvider(), logProcessor)
      ? { state: 'attached', note: 'records of another set-up are seen too' }
      : {
          state: 'foreign',
          note: 'the other set-up has no log processor yet, so there is no place for ours. Use withProprio()',
        }
  },
  metrics({ account }) {
    measureAccount(metrics.getMeterProvider(), account)
    return {
      state: 'partly',
      note: 'what we measure goes to the readers of the other set-up; a reader of ours gets nothing. For one use withProprio()',
    }
  },
} as const satisfies Record<SignalName, (parts: Parts) => SignalHealth>
