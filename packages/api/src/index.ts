// The public names of @proprio/api: describe events once, emit them, or capture without a catalogue.
export { capture, captureException } from './capture.ts'
export type { CapturedEvent, CapturedException } from './capture.ts'
export { catalogue, describe } from './catalogue/catalogue.ts'
export type { Catalogue } from './catalogue/catalogue.ts'
export { descriptionVersion } from './catalogue/describe.ts'
export type {
  AttributeDescription,
  CatalogueDescription,
  EventTypeDescription,
  MetricDescription,
} from './catalogue/describe.ts'
export { withContext } from './context/with-context.ts'
export type { ContextIds } from './context/with-context.ts'
export { choice, flag, id, integer, list, number, text } from './define/attribute.ts'
export type { Attribute, AttributeOptions, Sensitive } from './define/attribute.ts'
export type { DurationText } from './define/duration.ts'
export { counter, gauge, histogram, occurrence, operation, upDownCounter } from './define/event-type.ts'
export type {
  Definition,
  EventKind,
  MeasureDefinition,
  OccurrenceDefinition,
  OperationDefinition,
} from './define/event-type.ts'
export type { Later, Start } from './define/values.ts'
export { extend } from './define/extend.ts'
export type { AttemptOptions } from './emit/attempts.ts'
export type { Execution } from './emit/execution.ts'
export type { Measures, Report } from './emit/measure.ts'
export type { Occurrence } from './emit/occurrence.ts'
export type { OpenOperation, Operation } from './emit/operation.ts'
export type { EmitOptions, Link } from './emit/options.ts'
export { errorCodes, ProprioError } from './errors.ts'
export type { ErrorCode } from './errors.ts'
export type { Level } from './levels.ts'
export { switchLayers } from './bind/gate.ts'
export type { LayerSwitches } from './bind/gate.ts'
