// Telemetry stage: traces as text that people like to read, the same in every run: a line a span, what happened on it and its children below, no times and
// no ids unless they are asked for, attributes in the order of their names.
import { classifySpan, millisecondsBetween, type SpanRecord, type StartedSpan } from '@proprio/store'
import type { Recording } from '../recorder/index.ts'
import { eventsOf, isPart, type TestEvent } from './event.ts'
import { type AnyNode, forestOf, walk } from './forest.ts'
import { type Names, namesOf } from './naming.ts'
import { ownFrame } from './stack.ts'
import { attributesText, type Masked } from './values.ts'

export interface TreeOptions {
  /** Shows `trace#1/span#3` before each span. Default false. */
  readonly ids?: boolean
  /** Shows how long each span took: in milliseconds, or `masked` as `* ms`. Default false. */
  readonly durations?: boolean | 'masked'
  /** Shows of a failed span, and of an exception on it, where the error was made: the first frame of the project's own. Default false. */
  readonly stacks?: boolean
  /** Shows occurrences and other events below their span. Default true. */
  readonly events?: boolean
  /** Names, or patterns of names, of attributes whose value is shown as `*`, besides ports and ids of processes and threads. */
  readonly mask?: readonly Masked[]
}

/** A line, and whose it is. */
export interface TreeLine {
  readonly text: string
  readonly spanId: string | undefined
}

export function treeText(recording: Recording, options?: TreeOptions): string {
  return treeLines(recording, options)
    .map(({ text }) => text)
    .join('\n')
}

export function treeLines(recording: Recording, options: TreeOptions = {}): readonly TreeLine[] {
  const begun = recording.begun
  const names = namesOf(begun)
  const { roots, homeless } = forestOf<SpanRecord | StartedSpan>(begun, eventsOf(recording.logs, recording.spans))
  const lines: TreeLine[] = []
  for (const [node, depth] of walk<AnyNode>(roots)) {
    const indent = '  '.repeat(depth)
    const { spanId } = node.span
    lines.push({ text: indent + spanText(node.span, names, options), spanId })
    if (options.events === false) continue
    for (const event of node.events)
      if (!isPart(event)) lines.push({ text: `${indent}  ${eventText(event, options)}`, spanId: undefined })
  }
  if (options.events !== false)
    for (const event of homeless) if (!isPart(event)) lines.push({ text: eventText(event, options), spanId: undefined })
  return lines
}

function spanText(span: SpanRecord | StartedSpan, names: Names, options: TreeOptions): string {
  const { name, kind, attributes } = span
  const ended = 'end' in span ? span : undefined
  const error = ended && classifySpan(ended).error
  const shown = error ? { ...attributes, 'error.type': undefined } : attributes
  return [
    ...(options.ids ? [names.spanName(span)] : []),
    name,
    ...(kind === 'internal' ? [] : [`[${kind}]`]),
    ...(ended ? durationText(ended, options) : ['… still open']),
    ...slowText(attributes['proprio.slow.threshold']),
    ...(error ? [`! ${errorText(error)}`, ...(options.stacks ? whereText(error.stack) : [])] : []),
    ...attributesText(definedOf(shown), options.mask ?? []),
    ...(ended?.links ?? []).map((link) => `→ ${names.spanName(link)}`),
  ].join(' ')
}

const definedOf = (attributes: SpanRecord['attributes']): SpanRecord['attributes'] =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined))

export const errorText = ({ type, message }: { readonly type: string; readonly message: string }): string =>
  message === '' || message === type ? type : `${type}: ${message}`

function whereText(stack: string | undefined): readonly string[] {
  const frame = stack && ownFrame(stack)
  return frame ? [`at ${frame}`] : []
}

function durationText({ start, end }: SpanRecord, { durations }: TreeOptions): readonly string[] {
  if (durations === 'masked') return ['* ms']
  return durations ? [`${Math.round(millisecondsBetween(start, end))} ms`] : []
}

const slowText = (threshold: unknown): readonly string[] =>
  typeof threshold === 'number' ? [`(slow: over ${threshold} s)`] : []

/** `· shop.order.refused (warn) shop.order.items=2`. */
export function eventText({ name, level, attributes }: TestEvent, options: TreeOptions = {}): string {
  const told = level === 'info' ? [] : [`(${level})`]
  const stack = attributes['exception.stacktrace']
  const where = options.stacks && typeof stack === 'string' ? whereText(stack) : []
  return ['·', name, ...told, ...where, ...attributesText(attributes, options.mask ?? [])].join(' ')
}
