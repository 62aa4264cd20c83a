// HTTP in and out, the application's own instrumentations, and the check for what was loaded too early.
import { hasSubscribers } from 'node:diagnostics_channel'
import { fileURLToPath } from 'node:url'
import { logs, metrics, trace, type TracerProvider } from '@opentelemetry/api'
import type { Instrumentation } from '@opentelemetry/instrumentation'
import { emitterHealth } from '@proprio/api/runtime'
import { messageOf } from '../diagnose/message.ts'
import {
  instrumentFetch,
  instrumentGiven,
  instrumentHttp,
  type SelfCheck,
  startSelfCheck,
} from '../instrument/index.ts'
import { isOwnRequest } from '../prometheus/index.ts'
import type { Parts } from './parts.ts'

export interface Instrumented {
  readonly selfCheck: SelfCheck
  readonly stop: readonly (() => void)[]
}

export interface InstrumentOptions {
  /** Whether the spans go to somebody else's set-up: what that has instrumented already stays its own. */
  readonly foreign: boolean
  /** Default: what is registered now. */
  readonly tracerProvider?: TracerProvider
}

export function instrument({ config, diagnostics, apiUsers }: Parts, options: InstrumentOptions): Instrumented {
  const { warn } = diagnostics
  const providers = {
    tracerProvider: options.tracerProvider ?? trace.getTracerProvider(),
    meterProvider: metrics.getMeterProvider(),
    loggerProvider: logs.getLoggerProvider(),
  }
  const { instrumentations, http, fetch, clock } = config
  const ignore = config.ignore && { ignore: config.ignore }
  const given = givenFor(instrumentations)
  const fetchIsTaken = given.has('undici') || (options.foreign && hasSubscribers('undici:request:create'))
  const selfCheck = startSelfCheck({
    instrumentations,
    warn,
    alsoLoaded: () => [...copiesOfOurs(), ...apiUsers.files()],
  })
  const starts: (() => () => void)[] = [
    ...(http && !given.has('http')
      ? [() => instrumentHttp({ ...providers, ...ignore, own: isOwnRequest, config: http })]
      : []),
    ...(fetch && !fetchIsTaken ? [() => instrumentFetch({ ...providers, ...ignore, clock })] : []),
    ...(instrumentations.length > 0 ? [() => instrumentGiven({ ...providers, instrumentations, warn })] : []),
  ]
  const stop = starts.flatMap((start) => {
    try {
      return start()
    } catch (error) {
      warn(`an instrumentation could not be switched on: ${messageOf(error)}`)
      return []
    }
  })
  return { selfCheck, stop: [...stop, selfCheck.stop] }
}

// Each copy of @proprio/api says where it is, which for ESM nobody else can tell.
const copiesOfOurs = (): string[] =>
  emitterHealth().copies.map((url) => (url.startsWith('file:') ? fileURLToPath(url) : url))

// OpenTelemetry's own for the same libraries: two would make two spans of one request.
function givenFor(instrumentations: readonly Instrumentation[]): ReadonlySet<string> {
  const names = new Set(instrumentations.map(({ instrumentationName }) => instrumentationName))
  return new Set(['http', 'undici'].filter((library) => names.has(`@opentelemetry/instrumentation-${library}`)))
}
