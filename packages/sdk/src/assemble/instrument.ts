// HTTP in and out, the application's own instrumentations, and the check for what was loaded too early.
import { logs, metrics, trace } from '@opentelemetry/api'
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

export function instrument({ config, diagnostics }: Parts): Instrumented {
  const { warn } = diagnostics
  const providers = {
    tracerProvider: trace.getTracerProvider(),
    meterProvider: metrics.getMeterProvider(),
    loggerProvider: logs.getLoggerProvider(),
  }
  const { instrumentations, http, fetch, clock } = config
  const selfCheck = startSelfCheck({ instrumentations, warn })
  const starts: (() => () => void)[] = [
    ...(http ? [() => instrumentHttp({ ...providers, own: isOwnRequest, config: http })] : []),
    ...(fetch ? [() => instrumentFetch({ ...providers, clock })] : []),
    ...(instrumentations.length > 0 ? [() => instrumentGiven({ ...providers, instrumentations, warn })] : []),
  ]
  const stop = starts.flatMap((start) => {
    try {
      return start()
    } catch (error) {
      warn(`an instrumentation could not be switched on: ${error instanceof Error ? error.message : String(error)}`)
      return []
    }
  })
  return { selfCheck, stop: [...stop, selfCheck.stop] }
}
