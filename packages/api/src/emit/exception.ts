// A thrown value, whatever it is, as the attributes of an exception record.
import type { Attributes } from '@opentelemetry/api'
import { firstOf, optional, read } from '../value/read.ts'
import { cleanValue } from '../value/sanitise.ts'
import { cleanName, cleanText, cutText, textLimit } from '../value/text.ts'

/** A thrown value read once: `errorType` is low in cardinality, for `error.type` on spans and metrics. */
export interface Thrown {
  readonly errorType: string
  readonly type: string
  readonly message: string
  readonly stack: string | undefined
  readonly causes: readonly Cause[]
}

interface Cause {
  readonly type: string
  readonly message: string
  readonly stack?: string
  readonly via: 'cause' | 'errors'
  readonly depth: number
}

const causesLimit = 16
const depthLimit = 8
/** Characters of one cause's message, and of its stack. */
const causeMessageLimit = 512
const causeStackLimit = 4096

export function readThrown(error: unknown): Thrown {
  const causes: Cause[] = []
  collectCauses(error, 1, causes, new Set([error]))
  const { type, message, stack } = readError(error)
  return { errorType: errorCode(error) ?? type, type, message, stack, causes }
}

/** `exception.*` by the conventions, with causes and aggregated errors as JSON in `proprio.exception.causes`. */
export function exceptionAttributes({ type, message, stack, causes }: Thrown): Attributes {
  return {
    'exception.type': type,
    'exception.message': message,
    ...(stack !== undefined && { 'exception.stacktrace': stack }),
    ...(causes.length > 0 && { 'proprio.exception.causes': causesText(causes) }),
  }
}

// Within what one value may hold, since an SDK would cut it, and then it is JSON no more. Stacks of the last causes are left out first, then the last causes.
function causesText(causes: readonly Cause[]): string {
  const texts = causes.map(({ stack: _stack, ...cause }) => JSON.stringify(cause))
  let room = textLimit - 1 - texts.reduce((sum, text) => sum + text.length + 1, 0)
  while (room < 0) room += (texts.pop() ?? '').length + 1
  const fitting = texts.map((text, index) => {
    const whole = JSON.stringify(causes[index])
    room -= whole.length - text.length
    return room < 0 ? text : whole
  })
  return `[${fitting.join()}]`
}

function readError(error: unknown): { type: string; message: string; stack: string | undefined } {
  if (!isObject(error))
    return { type: error === null ? 'null' : typeof error, message: textOf(error), stack: undefined }
  const stack = read(error, 'stack')
  const message = read(error, 'message')
  return {
    type: typeOf(error),
    message: typeof message === 'string' ? cleanText(message) : textOf(error),
    stack: typeof stack === 'string' ? cleanText(stack) : undefined,
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

// `class HttpError extends Error` is an HttpError, though its name says Error.
function typeOf(error: object): string {
  const name = read(error, 'name')
  if (typeof name === 'string' && name !== '' && name !== 'Error') return cleanName(name)
  const constructorName = optional(read(error, 'constructor'), 'name')
  if (typeof constructorName === 'string' && constructorName !== '') return cleanName(constructorName)
  return typeof name === 'string' && name !== '' ? cleanName(name) : 'object'
}

// A system's or library's own code, ENOENT, is what people ask for; anything else that is called code may be unbounded.
function errorCode(error: unknown): string | undefined {
  const code = isObject(error) ? read(error, 'code') : undefined
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(code) ? code : undefined
}

function textOf(value: unknown): string {
  try {
    return typeof value === 'object' && value !== null ? String(cleanValue(value)) : cleanText(String(value))
  } catch {
    return '[unreadable]'
  }
}

function collectCauses(error: unknown, depth: number, causes: Cause[], seen: Set<unknown>): void {
  if (!isObject(error) || depth > depthLimit) return
  const aggregated = read(error, 'errors')
  const related: [unknown, Cause['via']][] = [[read(error, 'cause'), 'cause']]
  for (const one of firstOf(aggregated, causesLimit)) related.push([one, 'errors'])
  for (const [value, via] of related) {
    if (value === undefined || seen.has(value) || causes.length >= causesLimit) continue
    seen.add(value)
    const { type, message, stack } = readError(value)
    causes.push({
      type,
      message: atMost(message, causeMessageLimit),
      ...(stack !== undefined && { stack: atMost(stack, causeStackLimit) }),
      via,
      depth,
    })
    collectCauses(value, depth + 1, causes, seen)
  }
}

const atMost = (text: string, limit: number): string => (text.length > limit ? cutText(text, limit) : text)
