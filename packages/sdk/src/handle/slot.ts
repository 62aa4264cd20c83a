// The one place of this package where state lives: what register() has registered, shared by all copies of it in the process.
import type { Registration } from './health.ts'
import type { Telemetry } from './telemetry.ts'

export interface Registered {
  readonly telemetry: Telemetry
  readonly registration: { readonly at: string; readonly again: Registration['again'][number][] }
}

const key = Symbol.for('proprio.sdk.v1')
const holder = globalThis as { [key]?: Registered | undefined }

export const registered = (): Registered | undefined => holder[key]
export const setRegistered = (made: Registered | undefined): void => {
  holder[key] = made
}

/** File and line of whoever called `below`. */
export function callerOf(below: (...args: never[]) => unknown): string {
  const at: { stack?: string } = {}
  Error.captureStackTrace(at, below)
  const line = at.stack?.split('\n')[1]?.trim().replace(/^at /, '')
  return line?.replace(/^.*\((.*)\)$/, '$1').replace(/^file:\/\//, '') ?? 'unknown'
}
