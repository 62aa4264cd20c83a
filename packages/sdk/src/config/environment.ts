// The environment, read once: each variable of the table by its own reading. What cannot be understood costs one warning, never a start.
import type { Warning } from './config.ts'
import { defaults } from './defaults.ts'
import { variables } from './variables.ts'
import type { Values, Variable } from './variables.ts'
import type { Read } from './reading.ts'

/** `process.env`, or anything of its shape. An empty variable is an unset one. */
export type Environment = Readonly<Record<string, string | undefined>>

export function readEnvironment(environment: Environment, warn: (warning: Warning) => void): Values {
  const values: Record<string, unknown> = {}
  for (const one of variables) {
    const said = environment[one.name]?.trim()
    if (said === undefined || said === '' || one.path in values) continue
    const read: Read<unknown> = one.reading.read(said)
    if (read.value !== undefined) values[one.path] = read.value
    if (read.bad !== undefined) warn(misread(one, read, read.bad))
  }
  return values as Values
}

function misread({ name, path, reading, otherwise }: Variable, read: Read<unknown>, bad: readonly string[]): Warning {
  const taken = read.value === undefined ? (otherwise ?? instead(path)) : 'the rest of it'
  return warning({ about: name, value: bad.join(', '), expected: reading.expected, taken, hint: read.hint })
}

/** Makes the warning and its sentence. The value is shortened; whoever calls has masked what may be a secret. */
export function warning(of: Omit<Warning, 'message'> & { hint?: string | undefined }): Warning {
  const { about, expected, taken, hint } = of
  const value = of.value.length > 100 ? `${of.value.slice(0, 100)}…` : of.value
  const message = `${about}: cannot use ${JSON.stringify(value)}, expected ${expected}; takes ${taken}${hint === undefined ? '' : `. ${hint}`}`
  return Object.freeze({ about, value, expected, taken, message })
}

function instead(path: string): string {
  const fallback = at(defaults, path.split('.'))
  if (fallback !== undefined) return Array.isArray(fallback) ? fallback.join(', ') : String(fallback)
  const shared = path.replace(/^(otlp|limits)\.(?:traces|metrics|logs|spans)\./, '$1.')
  return shared === path ? 'none' : `what ${shared} says`
}

function at(from: unknown, [key, ...more]: readonly string[]): unknown {
  if (key === undefined) return typeof from === 'object' && !Array.isArray(from) ? undefined : from
  return at((from as Readonly<Record<string, unknown>> | undefined)?.[key], more)
}
