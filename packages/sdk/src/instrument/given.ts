// Instrumentations that the application hands over: bound to our providers and switched on, one by one, so that one
// that fails does not take the others with it. Of each only the interface is used, whatever version it was built for.

import { createRequire, isBuiltin, syncBuiltinESMExports } from 'node:module'
import type { Instrumentation } from '@opentelemetry/instrumentation'
import type { AllProviders } from './request.ts'
import { wantedBy } from './unpatched.ts'

export interface GivenOptions extends AllProviders {
  /** Nested lists are taken too, as getNodeAutoInstrumentations() makes them. */
  readonly instrumentations: readonly (Instrumentation | readonly Instrumentation[])[]
  /** Told about an instrumentation that could not be switched on. */
  readonly warn: (message: string) => void
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const require = createRequire(import.meta.url)

// A hook on `require` patches Node's own modules when they are required next, which in an ESM application is never.
const patchBuiltins = (instrumentation: Instrumentation): void => {
  const wanted = wantedBy(instrumentation).filter(isBuiltin)
  for (const name of wanted) require(`node:${name.replace(/^node:/, '')}`)
  if (wanted.length > 0) syncBuiltinESMExports()
}

/** Binds and enables the instrumentations. Returns how to disable them. Never throws. */
export const instrumentGiven = (options: GivenOptions): (() => void) => {
  const enabled: Instrumentation[] = []
  for (const instrumentation of options.instrumentations.flat()) {
    try {
      instrumentation.setTracerProvider(options.tracerProvider)
      instrumentation.setMeterProvider(options.meterProvider)
      if (options.loggerProvider !== undefined) instrumentation.setLoggerProvider?.(options.loggerProvider)
      // Those made with `enabled: true`, the default, have switched themselves on in their constructor.
      if (instrumentation.getConfig().enabled !== true) instrumentation.enable()
      enabled.push(instrumentation)
      patchBuiltins(instrumentation)
    } catch (error) {
      const name = instrumentation?.instrumentationName ?? typeof instrumentation
      options.warn(`The instrumentation ${name} could not be switched on: ${said(error)}`)
    }
  }
  return () => {
    for (const instrumentation of enabled) {
      try {
        instrumentation.disable()
      } catch (error) {
        options.warn(
          `The instrumentation ${instrumentation.instrumentationName} could not be switched off: ${said(error)}`,
        )
      }
    }
  }
}
