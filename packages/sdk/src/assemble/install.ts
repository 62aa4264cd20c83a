// Before and after the providers: what the emitters are told, and the handle that everything is reached by.
import { switchLayers } from '@proprio/api'
import { rebindObservers, useClock, useHashKey, useRandom } from '@proprio/api/runtime'
import type { ProcessorOptions, Resolved, SignalName } from '../config/index.ts'
import { listenToOpenTelemetry } from '../diagnose/diagnostics.ts'
import { type Health, healthOf } from '../handle/health.ts'
import { type Registered, setRegistered } from '../handle/slot.ts'
import { createTelemetry, type Telemetry } from '../handle/telemetry.ts'
import { watchExits } from './exits.ts'
import { lifecycleOf } from './lifecycle.ts'
import { assemble, type Parts } from './parts.ts'
import { provideMeasured } from './providers.ts'
import { join } from './targets.ts'

/** Parts of a resolved config, with what the emitters are told. */
export function prepare({ config, warnings }: Resolved, elsewhere?: ReadonlySet<SignalName>): Parts {
  const parts = assemble(config, elsewhere)
  listenToOpenTelemetry(config)
  for (const { message } of warnings) parts.diagnostics.warn(message)
  if (config.hashKey !== undefined) useHashKey(config.hashKey)
  switchLayers(config.layers)
  if (config.clockGiven) {
    useClock({ now: config.clock.now, wall: (reading) => reading })
    useRandom(config.clock.random)
  }
  return parts
}

export interface Running {
  readonly stop: readonly (() => void)[]
  readonly selfCheck: Parameters<typeof healthOf>[0]['selfCheck']
}

/** The handle of the parts, in the one slot. */
export function install(
  { warnings }: Resolved,
  parts: Parts,
  signals: Health['signals'],
  at: string,
  running: Running,
): Telemetry {
  const registration: Registered['registration'] = { at, again: [], unlisted: 0 }
  const stop = [...running.stop, ...parts.stop]
  const lifecycle = lifecycleOf(parts, stop)
  stop.push(watchExits(parts, lifecycle))
  const telemetry = createTelemetry({
    query: parts.query,
    health: healthOf({ parts, warnings, signals, registration, selfCheck: running.selfCheck }),
    lifecycle,
    account: parts.account.snapshot,
    shutdownTimeoutMs: parts.config.shutdownTimeoutMs,
  })
  setRegistered({
    telemetry,
    registration,
    warn: parts.diagnostics.warn,
    join: (processors) => joinTargets(parts, processors),
    isOver: lifecycle.isOver,
  })
  rebindObservers()
  return telemetry
}

function joinTargets(parts: Parts, processors: ProcessorOptions): void {
  const unmeasured = parts.targets.measurements.length === 0
  join(parts.targets, processors)
  if (unmeasured && parts.targets.measurements.length > 0) provideMeasured(parts)
  rebindObservers()
}
