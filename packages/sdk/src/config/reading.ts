// What the text of one environment variable means: a small reading for each kind of value. A text that cannot be understood
// is handed back as its bad parts, and whoever asked says so in one warning; nothing here throws.
import { readFileSync } from 'node:fs'
import { isLevel } from '@proprio/store'
import type { Level } from '@proprio/store'
import { otlpProtocols } from './names.ts'
import type { OtlpProtocol } from './names.ts'
import { mostWhole, wholeNumbers } from './whole.ts'

export interface Reading<T> {
  /** What would be understood, as one would say it to a person. */
  readonly expected: string
  read(text: string): Read<T>
}

export interface Read<T> {
  /** Absent when nothing was understood: the default is taken. */
  readonly value?: T
  /** The parts that were not understood, as they may be printed. */
  readonly bad?: readonly string[]
  /** What to do about it, where it is worth saying. */
  readonly hint?: string
}

const notRead = (text: string): Read<never> => ({ bad: [text] })

export const flag: Reading<boolean> = {
  expected: 'true or false',
  read: (text) => (/^(?:true|false)$/i.test(text) ? { value: text.toLowerCase() === 'true' } : notRead(text)),
}

export const text: Reading<string> = { expected: 'text', read: (value) => ({ value }) }

export function whole(least: number, most = mostWhole): Reading<number> {
  return {
    expected: wholeNumbers(least, most),
    read: (said) => {
      const value = Number(said)
      return Number.isSafeInteger(value) && value >= least && value <= most ? { value } : notRead(said)
    },
  }
}

export const share: Reading<number> = {
  expected: 'a number from 0 to 1',
  read: (said) => (Number(said) >= 0 && Number(said) <= 1 ? { value: Number(said) } : notRead(said)),
}

export function oneOf<const Name extends string>(names: readonly Name[]): Reading<Name> {
  return {
    expected: `one of ${names.join(', ')}`,
    read: (said) => {
      const value = names.find((name) => name === said.toLowerCase())
      return value === undefined ? notRead(said) : { value }
    },
  }
}

/** A comma-separated list; `none` empties it, names that are not known are left out. */
export function listOf<const Name extends string>(names: readonly Name[]): Reading<readonly Name[]> {
  return {
    expected: `none, or a list of ${names.join(', ')}`,
    read: (said) => {
      const parts = [...new Set(split(said))]
      if (parts.includes('none')) return { value: [] }
      const value = names.filter((name) => parts.includes(name))
      const bad = parts.filter((part) => !names.some((name) => name === part))
      if (bad.length === 0) return { value }
      return value.length === 0 ? { bad } : { value, bad }
    },
  }
}

/** Replaces what another reading understood. */
export function mapped<A, B>(reading: Reading<A>, to: (value: A) => B): Reading<B> {
  return {
    ...reading,
    read: (said) => {
      const { value, ...rest } = reading.read(said)
      return value === undefined ? rest : { ...rest, value: to(value) }
    },
  }
}

export const httpUrl: Reading<string> = {
  expected: 'an http:// or https:// URL',
  read: (said) => (isHttpUrl(said) ? { value: said } : notRead(withoutSecrets(said))),
}

/** A URL, or what was meant as one, without the user, password and query in it. */
export function withoutSecrets(url: string): string {
  return url.replace(/^.*@/, '***@').replace(/\?.*$/, '?***')
}

export function isHttpUrl(said: string): boolean {
  return URL.canParse(said) && /^https?:$/.test(new URL(said).protocol)
}

/** `key=value,key=value`, percent-encoded. On any error all of it is left out, as the specification asks, so that every SDK in a deployment agrees. */
export const attributePairs: Reading<Readonly<Record<string, string>>> = {
  expected: 'key=value pairs divided by commas, with "," and "=" percent-encoded',
  read: (said) => {
    const pairs = split(said).map((entry) => ({ entry, pair: decoded(entry.split('=')) }))
    const bad = pairs.filter(({ pair }) => pair === undefined).map(({ entry }) => entry)
    if (bad.length > 0) return { bad }
    return { value: Object.fromEntries(pairs.flatMap(({ pair }) => (pair === undefined ? [] : [pair]))) }
  },
}

/** As above, for headers: a value may hold "=" and ";", a bad entry costs only itself, and of what is bad only the name is ever printed. */
export const headerPairs: Reading<Readonly<Record<string, string>>> = {
  expected: 'name=value pairs divided by commas, with "," percent-encoded',
  read: (said) => {
    const value: Record<string, string> = {}
    const bad: string[] = []
    for (const [index, entry] of split(said).entries()) {
      const at = entry.indexOf('=')
      const [name, content] = decoded(at < 0 ? [] : [entry.slice(0, at), entry.slice(at + 1)]) ?? []
      if (name !== undefined && content !== undefined && isHeader(name, content)) value[name.toLowerCase()] = content
      else
        bad.push(at > 0 && isHeaderName(entry.slice(0, at).trim()) ? entry.slice(0, at).trim() : `entry ${index + 1}`)
    }
    return { ...(Object.keys(value).length > 0 && { value }), ...(bad.length > 0 && { bad }) }
  },
}

export function isHeader(name: string, value: string): boolean {
  return isHeaderName(name) && /^[\t\u{20}-\u{7e}\u{80}-\u{ff}]*$/u.test(value)
}

const isHeaderName = (name: string) => /^[\w!#$%&'*+.^`|~-]+$/.test(name)

/** A file in PEM form, read now. */
export const pemFile: Reading<string> = {
  expected: 'the path of a readable PEM file',
  read: (path) => {
    try {
      const value = readFileSync(path, 'utf8')
      return value.includes('-----BEGIN ') ? { value } : notRead(path)
    } catch {
      return notRead(path)
    }
  },
}

export const protocol: Reading<OtlpProtocol> = {
  expected: 'http/protobuf or http/json',
  read: (said) =>
    said === 'grpc'
      ? { bad: [said], hint: 'OTLP over gRPC is not spoken here; receivers listen for OTLP over HTTP on port 4318' }
      : oneOf(otlpProtocols).read(said),
}

export const secretKey: Reading<string> = {
  expected: 'at least 16 characters',
  read: (value) => (value.length >= 16 ? { value } : notRead('***')),
}

export const layerLevels: Reading<Readonly<Record<string, boolean | Level>>> = {
  expected: 'layer=on, off or a level, divided by commas',
  read: (said) => {
    const entries = split(said).map((entry) => ({ entry, pair: layerLevel(entry) }))
    const pairs = entries.flatMap(({ pair }) => (pair === undefined ? [] : [pair]))
    const bad = entries.filter(({ pair }) => pair === undefined).map(({ entry }) => entry)
    return { ...(pairs.length > 0 && { value: Object.fromEntries(pairs) }), ...(bad.length > 0 && { bad }) }
  },
}

function layerLevel(entry: string): [string, boolean | Level] | undefined {
  const [layer, level] = entry.split('=').map((part) => part.trim())
  if (!layer || level === undefined) return undefined
  if (level === 'on' || level === 'off') return [layer, level === 'on']
  return isLevel(level) ? [layer, level] : undefined
}

function split(said: string): string[] {
  return said
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function decoded(pair: readonly string[]): [string, string] | undefined {
  const [key, value, ...more] = pair
  if (key === undefined || value === undefined || more.length > 0 || key.trim() === '') return undefined
  try {
    return [decodeURIComponent(key.trim()), decodeURIComponent(value.trim())]
  } catch {
    return undefined
  }
}
