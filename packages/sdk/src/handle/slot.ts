// The one place of this package where state lives: what register() has registered, shared by all copies of it in the process.
import type { Registration } from './health.ts'
import type { Telemetry } from './telemetry.ts'

export interface Registered {
  readonly telemetry: Telemetry
  readonly registration: { readonly at: string; readonly again: Registration['again'][number][] }
  warn(message: string): void
}

const key = Symbol.for('proprio.sdk.v1')
const holder = globalThis as { [key]?: Registered | undefined }

export const registered = (): Registered | undefined => holder[key]
export const setRegistered = (made: Registered | undefined): void => {
  holder[key] = made
}

/** Notes a later registration, and says aloud when options of it have no effect. */
export function registerAgain({ registration, warn }: Registered, at: string, options: object): void {
  const ignored = Object.keys(options)
  registration.again.push({ at, ignored })
  if (ignored.length === 0) return
  warn(`registered already, at ${registration.at}; at ${at} these options have no effect: ${ignored.join(', ')}`)
}

/** File and line of whoever called `below`. */
export function callerOf(below: (...args: never[]) => unknown): string {
  const at: { stack?: string } = {}
  Error.captureStackTrace(at, below)
  const line = at.stack?.split('\n')[1]?.trim().replace(/^at /, '')
  return line?.replace(/^.*\((.*)\)$/, '$1').replace(/^file:\/\//, '') ?? 'unknown'
}
