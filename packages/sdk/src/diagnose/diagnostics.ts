// Where the sdk speaks: to the application's logger or the console, from the level asked for on. Never more than the same sentence a minute.
import { diag, type DiagLogger, DiagLogLevel } from '@opentelemetry/api'
import type { Config } from '../config/index.ts'

export interface Diagnostics {
  warn(message: string): void
  error(message: string): void
}

const levels = {
  none: DiagLogLevel.NONE,
  error: DiagLogLevel.ERROR,
  warn: DiagLogLevel.WARN,
  info: DiagLogLevel.INFO,
  debug: DiagLogLevel.DEBUG,
  verbose: DiagLogLevel.VERBOSE,
  all: DiagLogLevel.ALL,
} as const satisfies Record<Config['logLevel'], DiagLogLevel>

const repeatMs = 60_000
const rememberedAtMost = 200

export function createDiagnostics({
  logger,
  logLevel,
  clock,
}: Pick<Config, 'logger' | 'logLevel' | 'clock'>): Diagnostics {
  const to: Pick<DiagLogger, 'warn' | 'error'> = logger ?? console
  const saidAt = new Map<string, number>()
  const say = (level: 'warn' | 'error') => (message: string) => {
    const now = clock.now()
    if (levels[logLevel] < levels[level] || now - (saidAt.get(message) ?? -Infinity) < repeatMs) return
    if (saidAt.size >= rememberedAtMost) saidAt.clear()
    saidAt.set(message, now)
    try {
      to[level](`proprio: ${message}`)
    } catch {
      // A logger that throws must not reach the host.
    }
  }
  return { warn: say('warn'), error: say('error') }
}

/** OpenTelemetry's own diagnostics, where the application asked for them: its warnings are about single calls, and many. */
export function listenToOpenTelemetry({
  logger,
  logLevel,
  diagnosticsAsked,
}: Pick<Config, 'logger' | 'logLevel' | 'diagnosticsAsked'>): void {
  if (!diagnosticsAsked) return
  diag.setLogger(logger ?? consoleLogger, { logLevel: levels[logLevel], suppressOverrideMessage: true })
}

const nothing = (): void => {}

const refusal = '@opentelemetry/api: Attempted duplicate registration'

/** Who comes after us is refused by OpenTelemetry's API, which says so where nobody listens: their set-up would be dark and silent. */
export function listenForRefusals({ warn }: Diagnostics): void {
  const error = (message: string): void => {
    if (!message.includes(refusal)) return
    warn(
      'another OpenTelemetry set-up wanted to register after register(), and was refused: it sees nothing. Make it with ' +
        'new NodeSDK(withProprio({ … })) instead, or start it first and call register({ attach: true }).',
    )
  }
  const logger: DiagLogger = { error, warn: nothing, info: nothing, debug: nothing, verbose: nothing }
  diag.setLogger(logger, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true })
}

const consoleLogger: DiagLogger = {
  error: (message, ...rest: unknown[]) => console.error(message, ...rest),
  warn: (message, ...rest: unknown[]) => console.warn(message, ...rest),
  info: (message, ...rest: unknown[]) => console.info(message, ...rest),
  debug: (message, ...rest: unknown[]) => console.debug(message, ...rest),
  verbose: (message, ...rest: unknown[]) => console.debug(message, ...rest),
}
