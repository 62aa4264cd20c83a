// register(): the composition root. Options and environment become a config, the config becomes parts, the parts go behind the OpenTelemetry API.
import { install, prepare } from './assemble/install.ts'
import { instrument } from './assemble/instrument.ts'
import { isSet, provideContext } from './assemble/providers.ts'
import { joinSignals, sentElsewhere } from './attach/join.ts'
import { ProprioError, readProcess, type RegisterOptions, resolve } from './config/index.ts'
import { listenForRefusals } from './diagnose/diagnostics.ts'
import { callerOf, registerAgain, registered } from './handle/slot.ts'
import type { Telemetry } from './handle/telemetry.ts'

/**
 * Turns everything on, once, at process start: traces, metrics and logs on OpenTelemetry, the store and its queries, and whatever the options or the
 * environment send them to. A later call returns the first one's handle.
 * @throws ProprioError for an option that is unknown or cannot be used. After it has returned, nothing of ours throws.
 */
export function register(options: RegisterOptions = {}): Telemetry {
  const at = callerOf(register)
  const before = registered()
  if (before) {
    registerAgain(before, at, options)
    return before.telemetry
  }
  const resolved = resolve(options, process.env, readProcess())
  const parts = prepare(resolved, sentElsewhere(options))
  if (!isSet('diag')) listenForRefusals(parts.diagnostics)
  provideContext(parts)
  const signals = joinSignals(parts)
  const { state } = signals.traces
  const instrumented =
    state === 'off' || state === 'foreign' ? undefined : instrument(parts, { foreign: state !== 'registered' })
  return install(resolved, parts, signals, at, {
    stop: instrumented?.stop ?? [],
    selfCheck: () => instrumented?.selfCheck.result(),
  })
}

/**
 * The handle of this process, wherever register() was called.
 * @throws ProprioError PROPRIO_SDK_NOT_REGISTERED when it was not
 */
export function telemetry(): Telemetry {
  const made = registered()
  if (made) return made.telemetry
  throw new ProprioError(
    'PROPRIO_SDK_NOT_REGISTERED',
    'telemetry()',
    'register() was not called',
    'Call register() once, at process start, or run node --import @proprio/sdk/register.',
  )
}
