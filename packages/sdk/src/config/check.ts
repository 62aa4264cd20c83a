// Checks on what was handed to register(): small functions that compose, each throwing one coded error that names the option, what was
// wrong with it and what to do. They run once, at start-up, before anything is started.
import { ProprioError } from './errors.ts'
import { mostWhole, wholeNumbers } from './whole.ts'

export type Check = (value: unknown, path: string) => void

export type Guard = (value: unknown) => boolean

export const isText: Guard = (value) => typeof value === 'string'
export const isFlag: Guard = (value) => typeof value === 'boolean'
export const isObject: Guard = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
export const isList: Guard = (value) => Array.isArray(value)
export const always: Guard = () => true

/** An object, or an instance of a class, with these methods. */
export function has(...methods: readonly string[]): Guard {
  return (value) =>
    isObject(value) && methods.every((method) => typeof (value as Record<string, unknown>)[method] === 'function')
}

export function is(guard: Guard, expected: string): Check {
  return (value, path) => {
    if (!guard(value)) throw bad(path, value, expected)
  }
}

export const flagOnly = is(isFlag, 'true or false')
export const textOnly = is((value) => typeof value === 'string' && value.trim() !== '', 'text that is not empty')

export function wholeFrom(least: number, most = mostWhole): Check {
  return is(
    (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most,
    wholeNumbers(least, most),
  )
}

export function amongst(...names: readonly string[]): Check {
  return (value, path) => {
    if (typeof value === 'string' && names.includes(value)) return
    throw bad(path, value, `one of ${names.join(', ')}`, typeof value === 'string' ? nearest(value, names) : undefined)
  }
}

export function listOfEach(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) throw bad(path, value, 'a list')
    for (const [index, one] of value.entries()) check(one, `${path}[${index}]`)
  }
}

export function recordOf(check: Check): Check {
  return (value, path) => {
    if (!isObject(value)) throw bad(path, value, 'an object')
    for (const [key, one] of Object.entries(value as object)) if (one !== undefined) check(one, `${path}.${key}`)
  }
}

/** An object with these fields and no others; a field that is undefined counts as absent. */
export function block<Options extends object>(fields: Readonly<Record<keyof Options & string, Check>>): Check {
  const known = new Map<string, Check>(Object.entries(fields))
  return (value, path) => {
    if (!isObject(value)) throw bad(path, value, 'an object of options')
    for (const [key, one] of Object.entries(value as object)) {
      const check = known.get(key)
      const where = path === '' ? key : `${path}.${key}`
      if (check === undefined) throw unknownOption(where, key, [...known.keys()])
      if (one !== undefined) check(one, where)
    }
  }
}

/** The first alternative whose guard recognises the value decides. */
export function either(expected: string, ...alternatives: readonly (readonly [Guard, Check])[]): Check {
  return (value, path) => {
    const found = alternatives.find(([guard]) => guard(value))
    if (found === undefined) throw bad(path, value, expected)
    found[1](value, path)
  }
}

export const anything: Check = () => {}

export function bad(path: string, value: unknown, expected: string, near?: string): ProprioError {
  const mend = near === undefined ? `Give ${expected}, or leave it out` : `Did you mean "${near}"?`
  return new ProprioError(
    'PROPRIO_SDK_BAD_OPTION',
    path === '' ? 'register()' : path,
    `${shown(value)} cannot be used`,
    mend,
  )
}

function unknownOption(path: string, key: string, known: readonly string[]): ProprioError {
  const near = nearest(key, known)
  const mend = near === undefined ? `Known here: ${known.join(', ')}` : `Did you mean "${near}"?`
  return new ProprioError('PROPRIO_SDK_UNKNOWN_OPTION', path, 'there is no such option', mend)
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'function') return 'a function'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}

/** The known name that takes the fewest edits to reach, if they are few enough for a slip of the hand. */
export function nearest(said: string, known: readonly string[]): string | undefined {
  const ranked = known.map((name) => ({ name, edits: edits(said.toLowerCase(), name.toLowerCase()) }))
  const best = ranked.toSorted((a, b) => a.edits - b.edits)[0]
  return best !== undefined && best.edits <= Math.max(2, said.length / 3) ? best.name : undefined
}

function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...to].entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
