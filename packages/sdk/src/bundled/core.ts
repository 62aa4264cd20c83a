// `@opentelemetry/core` as the bundled SDK parts see it: the names that they import, two of them our own. A name that is missing here ends the bundling.
export {
  AddAttributeDecision,
  addHrTimes,
  BindOnceFuture,
  callWithTimeout,
  cleanSimpleAttributes,
  ExportResultCode,
  globalErrorHandler,
  hrTime,
  hrTimeDuration,
  hrTimeToMicroseconds,
  internal,
  isTimeInput,
  isTimeInputHrTime,
  isTracingSuppressed,
  millisToHrTime,
  suppressTracing,
  timeInputToHrTime,
} from '@opentelemetry/core'
export { cleanAttributes, maybeAddAttribute } from './attributes.ts'
