// Recorder stage: processors of ours behind register(). Where the application has registered before, they join its own, and its other options stay.
import { ProprioError, register, type RegisterOptions, type Telemetry, telemetry } from '@proprio/sdk'

export type Processors = Required<{ [Signal in keyof Given]: NonNullable<Given[Signal]> }>
type Given = NonNullable<RegisterOptions['processors']>

export function registered(processors: Processors): Telemetry {
  try {
    telemetry()
    return register({ processors })
  } catch (error) {
    if (!(error instanceof ProprioError)) throw error
    return register({ service: 'test', processors, otlp: false, signals: false })
  }
}

export type SpanProcessor = Processors['spans'][number]
export type LogProcessor = Processors['logs'][number]
export type MeasurementProcessor = Processors['measurements'][number]

/** What a processor owes that holds nothing back. */
export const holdsNothing = { forceFlush: () => Promise.resolve(), shutdown: () => Promise.resolve() }
