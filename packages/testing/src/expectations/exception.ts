// Expectations stage: that an exception was recorded: as an event by the conventions, or as the error that a span has ended with.
import type { SpanRecord } from '@proprio/store'
import { Mistake } from '../target/mistake.ts'
import { shown } from '../target/shown.ts'
import type { TestEvent } from '../telemetry/index.ts'
import { blocks, shownTraces } from './failure.ts'
import { openHint } from './hints.ts'
import type { Outcome } from './outcome.ts'
import { eventsBehind, isSpan } from './subject.ts'

/** On a span, or anywhere in a telemetry. */
export function haveException(subject: unknown, ...given: readonly unknown[]): Outcome {
  const { events, recording } = eventsBehind(subject)
  const meant = exceptionMeant(given)
  const spans: readonly SpanRecord[] = isSpan(subject) ? [subject] : (recording?.spans ?? [])
  const thrown = exceptionsOf(events, spans)
  const found = thrown.filter(meant.is)
  if (found.length > 0)
    return {
      pass: true,
      message: () =>
        blocks(
          `expected no exception${meant.text}, and there is:\n${lines(found)}`,
          shownTraces(
            recording,
            found.flatMap(({ spanId }) => spanId ?? []),
          ),
        ),
    }
  const [only, ...others] = thrown
  return {
    pass: false,
    message: () =>
      blocks(
        `expected an exception${meant.text}, and there is ${only ? `only:\n${lines(thrown)}` : 'none'}`,
        recording && openHint(recording),
        shownTraces(
          recording,
          thrown.flatMap(({ spanId }) => spanId ?? []),
        ),
      ),
    ...(only &&
      others.length === 0 &&
      meant.compared && { actual: only[meant.compared.by], expected: meant.compared.to }),
  }
}

interface Thrown {
  readonly type: string
  readonly message: string
  readonly spanId: string | undefined
}

const lines = (thrown: readonly Thrown[]): string =>
  thrown.map(({ type, message }) => `  ${message === '' ? type : `${type}: ${message}`}`).join('\n')

function exceptionsOf(events: readonly TestEvent[], spans: readonly SpanRecord[]): readonly Thrown[] {
  const recorded = events.flatMap(({ attributes, spanId }) => {
    const { 'exception.type': type, 'exception.message': message } = attributes
    return type === undefined && message === undefined
      ? []
      : [{ type: textOf(type) || '_OTHER', message: textOf(message), spanId }]
  })
  const told = new Set(recorded.map(({ spanId }) => spanId))
  // An error that was said without an exception: by error.type and the status alone.
  const ended = spans
    .filter(({ spanId, attributes }) => !told.has(spanId) && attributes['error.type'] !== undefined)
    .map(({ spanId, attributes, status }) => ({
      type: textOf(attributes['error.type']),
      message: status.message ?? '',
      spanId,
    }))
  return [...recorded, ...ended]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

interface ExceptionMeant {
  readonly text: string
  /** For a diff with the only one that there is. */
  readonly compared?: { readonly by: 'type' | 'message'; readonly to: string }
  is(thrown: Thrown): boolean
}

function exceptionMeant(given: readonly unknown[]): ExceptionMeant {
  if (given.length === 0) return { text: '', is: () => true }
  const [which] = given
  if (typeof which === 'string' && which !== '')
    return {
      text: ` ${JSON.stringify(which)}`,
      compared: { by: 'message', to: which },
      is: ({ type, message }) => type === which || message.includes(which),
    }
  if (which instanceof RegExp)
    return { text: ` ${which}`, is: ({ type, message }) => type.search(which) !== -1 || message.search(which) !== -1 }
  if (typeof which === 'function' && isErrorClass(which) && which.name !== '') {
    const { name } = which
    // What is recorded has a name and no class, so of all hierarchies only the top is known.
    return { text: ` ${name}`, compared: { by: 'type', to: name }, is: ({ type }) => which === Error || type === name }
  }
  throw new Mistake(
    `${which === '' ? 'an empty text' : shown(which)} names no exception. Give its class, its type or a part of its message, or a pattern; or nothing, for any`,
  )
}

type ErrorClass = new (...args: never[]) => Error

const isErrorClass = (value: object): value is ErrorClass =>
  value === Error || Reflect.get(value, 'prototype') instanceof Error
