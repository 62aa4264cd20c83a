// What was captured without a catalogue: its layer's gate first, then read once, its type and layer bounded.
import { gateOf } from '../bind/gate.ts'
import { count, type Gate, slot } from '../bind/slot.ts'
import { type Level, levelOr } from '../levels.ts'
import { optional } from '../value/read.ts'
import { cleanName, cleanText } from '../value/text.ts'
import { overflow } from './bound.ts'
import { longestMs } from './emission.ts'

export interface Captured {
  readonly type: string
  readonly layer: string
  readonly level: Level | undefined
  readonly message: string
  readonly durationMs: number | undefined
  readonly attributes: unknown
}

/** Ad-hoc types in one process, and ad-hoc layers; further ones are `_OTHER`. */
const typesAtMost = 1000
/** The type of an event that says none. */
const untyped = 'unknown'

/** The severity from which on the layer of an event is told of. Nothing else of it is read, and no ad-hoc type is taken. */
export function minimumOf(event: unknown, otherwise = untyped): number {
  const layer = nonEmpty(optional(event, 'layer'))
  const gate = layer === undefined ? gateOfType(nonEmpty(optional(event, 'type')) ?? otherwise) : slot.gates.get(layer)
  return gate === undefined ? slot.defaultMinimum : gate.minimum
}

// Cutting the first word off and hashing it costs 30 ns, and most types come again. Gates are never taken away.
const gatesByType = new Map<string, Gate>()
const longestKept = 100

function gateOfType(type: string): Gate | undefined {
  const known = gatesByType.get(type)
  if (known !== undefined) return known
  const layer = firstWord(type)
  if (gatesByType.size >= typesAtMost || type.length > longestKept) return slot.gates.get(layer)
  const gate = gateOf(layer)
  gatesByType.set(type, gate)
  return gate
}

const firstWord = (type: string): string => type.split('.', 1)[0] ?? type

export function readEvent(event: unknown, otherwise: { type?: string; message?: string } = {}): Captured {
  const type = bounded(slot.adHocTypes, nonEmpty(optional(event, 'type')) ?? otherwise.type ?? untyped)
  const layer = nonEmpty(optional(event, 'layer')) ?? firstWord(type)
  const message = nonEmpty(optional(event, 'message')) ?? otherwise.message ?? type
  const durationMs = optional(event, 'durationMs')
  return {
    type,
    layer: bounded(slot.adHocLayers, layer),
    level: levelOr(optional(event, 'level'), undefined),
    message: cleanText(message),
    durationMs: typeof durationMs === 'number' && durationMs >= 0 ? Math.min(durationMs, longestMs) : undefined,
    attributes: optional(event, 'attributes'),
  }
}

export const nonEmpty = (text: unknown): string | undefined =>
  typeof text === 'string' && text !== '' ? text : undefined

function bounded(known: Set<string>, given: string): string {
  const name = cleanName(given)
  if (known.has(name)) return name
  if (known.size >= typesAtMost) {
    count('type_overflow')
    return overflow
  }
  known.add(name)
  return name
}
