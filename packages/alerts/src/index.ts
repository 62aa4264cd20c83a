// The public names of @proprio/alerts.
export { AlertsError, errorCodes } from './errors.ts'
export type { ErrorCode } from './errors.ts'
export { resolveRule, resolveRules } from './rule/resolve.ts'
export type { ResolveOptions } from './rule/resolve.ts'
export { measureStatistics, operationStatistics } from './rule/rule.ts'
export type {
  Condition,
  DurationText,
  Limit,
  MeasureStatistic,
  OperationChoice,
  OperationStatistic,
  ResolvedRule,
  Rule,
  Severity,
  Threshold,
} from './rule/rule.ts'
export type { Alert, AlertChange } from './state/alert.ts'
export { createEngine } from './state/engine.ts'
export type { Engine, EngineOptions, MeasureSample, OperationSample } from './state/engine.ts'
export type { Change } from './state/machine.ts'
export type { Example } from './window/series.ts'
