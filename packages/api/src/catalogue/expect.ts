// What a definition must look like before it can be resolved: callers without TypeScript get a coded error, not a TypeError.
import { primitiveOf } from '../define/attribute.ts'
import { parseDuration } from '../define/duration.ts'
import { parseTemplate, type Template } from '../define/template.ts'
import { type ErrorCode, ProprioError } from '../errors.ts'
import { isKey } from './naming.ts'

interface GivenOptions {
  readonly version: unknown
  readonly context?: unknown
}

export function expectCatalogue(name: unknown, options: GivenOptions, layers: unknown): void {
  if (typeof name !== 'string') {
    throw new ProprioError(
      'PROPRIO_API_BAD_NAME',
      String(name),
      'a catalogue without a name',
      'Give the framework’s name first.',
    )
  }
  const code = 'PROPRIO_API_BAD_CATALOGUE'
  expectObject(code, name, 'its options', options, "Give at least `{ version: '1.0.0' }`.")
  expectObject(code, name, 'its event types', layers, 'Give an object of layers.')
  if (options.context !== undefined) {
    expectObject(code, `${name} context`, 'the context', options.context, 'Give an object of attributes.')
  }
  if (typeof options.version !== 'string' || options.version === '') {
    throw new ProprioError(code, name, 'it has no version', "Give one: `{ version: '1.0.0' }`.")
  }
}

export function expectObject(code: ErrorCode, path: string, what: string, value: unknown, mend: string): void {
  if (typeof value !== 'object' || value === null) throw new ProprioError(code, path, `${what} is no object`, mend)
}

/** A slow limit in seconds. */
export function limit(path: string, which: 'warn' | 'error', value: unknown): { warn?: number; error?: number } {
  if (value === undefined) return {}
  const seconds = parseDuration(value)
  if (seconds === undefined) {
    throw new ProprioError(
      'PROPRIO_API_BAD_LIMIT',
      path,
      `slow.${which} is ${JSON.stringify(value)}`,
      "Write a duration above zero: '500ms', '30s', '2m', '1h'.",
    )
  }
  return { [which]: seconds }
}

export function templateOf(path: string, what: string, source: unknown): Template {
  const template = typeof source === 'string' && source !== '' ? parseTemplate(source) : undefined
  if (template && !template.texts.some((text) => /[{}]/.test(text))) return template
  throw new ProprioError(
    'PROPRIO_API_BAD_TEMPLATE',
    path,
    template ? `the braces of the ${what} ${JSON.stringify(source)} hold no attribute` : `it has no ${what}`,
    'Write text, and in braces the key of an attribute: `node {node}`.',
  )
}

export const isKind = (kind: unknown): boolean => typeof kind === 'string' && Object.hasOwn(primitiveOf, kind)

export function expectKey(path: string, key: string): void {
  if (!isKey(key)) {
    throw new ProprioError(
      'PROPRIO_API_BAD_NAME',
      path,
      `the key ${JSON.stringify(key)} is not camelCase letters and digits`,
      'Rename it, for example to `retryScheduled`.',
    )
  }
}

/** One of a list of words, or nothing. */
export function expectOneOf(path: string, what: string, value: unknown, words: readonly string[]): void {
  if (value === undefined || (typeof value === 'string' && words.includes(value))) return
  throw new ProprioError(
    'PROPRIO_API_BAD_EVENT_TYPE',
    path,
    `its ${what} is ${JSON.stringify(value)}`,
    `Choose one of: ${words.join(', ')}.`,
  )
}

export function expectSummary(code: ErrorCode, path: string, summary: unknown): void {
  if (typeof summary !== 'string' || summary === '') {
    throw new ProprioError(code, path, 'it has no summary', 'Say in one sentence what it is.')
  }
}

const rising = (bound: unknown, index: number, all: readonly unknown[]): boolean =>
  Number.isFinite(bound) && (index === 0 || Number(bound) > Number(all[index - 1]))

/** Boundaries of buckets, or nothing. */
export function expectBuckets(path: string, buckets: unknown): void {
  if (buckets === undefined || (Array.isArray(buckets) && buckets.length > 0 && buckets.every(rising))) return
  throw new ProprioError(
    'PROPRIO_API_BAD_LIMIT',
    path,
    'its buckets do not rise',
    'List finite boundaries in rising order.',
  )
}
