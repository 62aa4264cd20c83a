// Contract stage: records to write. Each is told by a number, so that a case can say which it expects without a clock.
import { BOOKKEEPING } from '../classification/bookkeeping.ts'
import { SEVERITY } from '../event/level.ts'
import type { Level } from '../event/level.ts'
import type { Attributes } from '../record/attributes.ts'
import type { LogRecord, SpanRecord } from '../record/record.ts'

/** Unix seconds at which the examples begin. */
export const EXAMPLE_START = 1_790_000_000

const SCOPE = { name: 'flow', version: '3.0.0' } as const
const RESOURCE: Attributes = { 'service.name': 'shop' }

export interface ExampleSpan {
  readonly type?: string
  readonly durationMs?: number
  readonly attributes?: Attributes
  /** An error message: the span fails. */
  readonly failure?: string
  /** The limit it crossed, in seconds. */
  readonly slowSeconds?: number
  readonly traceNumber?: number
  /** The number of its parent in the same trace. */
  readonly parent?: number
}

/** The `number`th span of ours; it ends `number` seconds after `EXAMPLE_START`. */
export function exampleSpan(number: number, example: ExampleSpan = {}): SpanRecord {
  const { type = 'workflow.node', durationMs = 250, failure, slowSeconds, traceNumber = number, parent } = example
  const end = (EXAMPLE_START + number) * 1e3
  return {
    traceId: hex(traceNumber, 32),
    spanId: hex(number, 16),
    parentSpanId: parent === undefined ? undefined : hex(parent, 16),
    name: `node ${number}`,
    kind: 'internal',
    start: instant(end - durationMs),
    end: instant(end),
    status: failure === undefined ? { code: 'unset' } : { code: 'error', message: failure },
    attributes: {
      ...bookkeeping(type),
      ...(failure !== undefined && { 'error.type': 'TypeError' }),
      ...(slowSeconds !== undefined && { [BOOKKEEPING.slowThreshold]: slowSeconds }),
      'flow.number': number,
      ...example.attributes,
    },
    events: [],
    links: [],
    scope: SCOPE,
    resource: RESOURCE,
    sampled: true,
  }
}

export interface ExampleLog {
  readonly type?: string
  readonly level?: Level
  readonly attributes?: Attributes
  /** What part of an operation it is; without it, an occurrence. */
  readonly part?: string
  readonly traceNumber?: number
  /** The number of the span it was emitted in. */
  readonly inSpan?: number
}

/** The `number`th log record of ours, emitted `number` seconds after `EXAMPLE_START`. */
export function exampleLog(number: number, example: ExampleLog = {}): LogRecord {
  const { type = 'workflow.retryScheduled', level = 'info', part, inSpan, traceNumber } = example
  return {
    time: [EXAMPLE_START + number, 0],
    eventName: `flow.${type}`,
    severityNumber: SEVERITY[level],
    body: `occurrence ${number}`,
    attributes: {
      ...bookkeeping(type),
      ...(part !== undefined && { [BOOKKEEPING.part]: part }),
      'flow.number': number,
      ...example.attributes,
    },
    scope: SCOPE,
    resource: RESOURCE,
    traceId: inSpan === undefined ? undefined : hex(traceNumber ?? inSpan, 32),
    spanId: inSpan === undefined ? undefined : hex(inSpan, 16),
  }
}

function bookkeeping(type: string): Attributes {
  return { [BOOKKEEPING.type]: type, [BOOKKEEPING.layer]: type.slice(0, type.indexOf('.')) }
}

/** The id that a number stands for. */
export function hex(number: number, digits: 16 | 32): string {
  return number.toString(16).padStart(digits, '0')
}

function instant(milliseconds: number): readonly [number, number] {
  return [Math.floor(milliseconds / 1e3), Math.round((milliseconds % 1e3) * 1e6)]
}
