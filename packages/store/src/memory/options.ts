// Memory stage: its limits.
import { badValue, checkKeys, checkObject } from '../filter/check.ts'

export interface MemoryOptions {
  /** Framework events kept, and besides them as many log records that are parts of operations. Default 10,000. */
  readonly maxEvents?: number
  /** Bytes of heap that all records together may take, as estimated when they are written. Default 64 MiB. */
  readonly maxBytes?: number
  /** The share of both that only events of level warn and above may fill, 0 to 1. Default 0.25. */
  readonly warnShare?: number
  /** Operations in flight that are remembered. Default 10,000. */
  readonly maxRunning?: number
  /** Unix milliseconds: the age of what is running, the end of an aggregate's open window. Default: the system's clock. */
  readonly now?: () => number
}

export const MEMORY_DEFAULTS = {
  maxEvents: 10_000,
  maxBytes: 64 * 1024 * 1024,
  warnShare: 0.25,
  maxRunning: 10_000,
  now: Date.now,
} as const satisfies Required<MemoryOptions>

/** Throws a coded error for an option that is none, or cannot be: it is start-up, and may. */
export function resolveMemoryOptions(options: MemoryOptions): Required<MemoryOptions> {
  checkObject(options, 'memory')
  checkKeys(options, Object.keys(MEMORY_DEFAULTS), 'memory')
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const resolved: Required<MemoryOptions> = { ...MEMORY_DEFAULTS, ...Object.fromEntries(given) }
  for (const name of ['maxEvents', 'maxBytes', 'maxRunning'] as const) {
    if (Number.isInteger(resolved[name]) && resolved[name] >= 1) continue
    throw badValue(`memory.${name}`, `is ${String(resolved[name])}`, 'Give a whole number from 1.')
  }
  if (!(resolved.warnShare >= 0 && resolved.warnShare <= 1)) {
    throw badValue('memory.warnShare', `is ${String(resolved.warnShare)}`, 'Give a number from 0 to 1.')
  }
  return Object.freeze(resolved)
}
