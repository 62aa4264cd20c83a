// The five levels and the OpenTelemetry severities they are.

/** How much an event matters. OpenTelemetry severity numbers 5, 9, 13, 17 and 21. */
export type Level = 'debug' | 'info' | 'warn' | 'error' | 'critical'

export const severityOf = { debug: 5, info: 9, warn: 13, error: 17, critical: 21 } as const satisfies Record<
  Level,
  number
>

/** A level handed in by a caller who may not have TypeScript: anything that is none becomes the fallback. */
export function levelOr<F extends Level | undefined>(level: unknown, fallback: F): Level | F {
  return typeof level === 'string' && Object.hasOwn(severityOf, level) ? (level as Level) : fallback
}

const levels = Object.keys(severityOf) as Level[]

/** The level of a severity number that `severityOf` gave. */
export const levelOf = (severityNumber: number): Level => levels[(severityNumber - 5) / 4] ?? 'info'
