// The public names of @proprio/sdk: register once, ask anywhere.
export { register, telemetry } from './register.ts'
export { withProprio } from './attach/with-proprio.ts'
export type { NodeSdkConfiguration } from './attach/with-proprio.ts'
export { errorCodes, ProprioError } from './config/index.ts'
export type { ErrorCode, MeasurementProcessor, MeasuringInstrument, RegisterOptions, Warning } from './config/index.ts'
export type { Telemetry } from './handle/telemetry.ts'
export type { Health, SignalHealth, SignalState } from './handle/health.ts'
export type { Outcome } from './lifecycle/index.ts'
