// Event stage: the five levels, and OpenTelemetry's severities they stand for. One table answers every question about levels.

/** debug < info < warn < error < critical. */
export type Level = 'debug' | 'info' | 'warn' | 'error' | 'critical'

/** OpenTelemetry's severity number of each level, lowest first. */
export const SEVERITY = { debug: 5, info: 9, warn: 13, error: 17, critical: 21 } as const satisfies Record<
  Level,
  number
>

/** The levels, lowest first. */
export const LEVELS: readonly Level[] = ['debug', 'info', 'warn', 'error', 'critical']

/** The level of an OpenTelemetry severity number: 1 to 8 debug, then four each; absent or 0 is info. */
export function levelOfSeverity(severity: number | undefined): Level {
  if (severity === undefined || !(severity >= 1)) return 'info'
  return LEVELS.findLast((level) => SEVERITY[level] <= severity) ?? 'debug'
}

export function isLevel(value: unknown): value is Level {
  return typeof value === 'string' && Object.hasOwn(SEVERITY, value)
}
