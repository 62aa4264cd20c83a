// Contract stage: the committed file. JSON that is the same for the same catalogue, so that a review shows what has changed and nothing else.
import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  type AttributeDescription,
  type CatalogueDescription,
  descriptionVersion,
  type EventTypeDescription,
  type MetricDescription,
} from '@proprio/api'
import { problemOf } from './form.ts'
import { recordAnew } from './update.ts'

type KeysOf<Part> = Part extends object ? keyof Part : never
type Key =
  | KeysOf<CatalogueDescription | EventTypeDescription | AttributeDescription | MetricDescription>
  | KeysOf<EventTypeDescription['slow'] | AttributeDescription['dimension'] | AttributeDescription['deprecated']>
  | KeysOf<EventTypeDescription['span']>

// In this order, on every level. A new key of the description does not compile until it has its place.
const keys = Object.keys({
  description: 0,
  type: 0,
  key: 0,
  name: 0,
  version: 0,
  schemaUrl: 0,
  layer: 0,
  kind: 0,
  of: 0,
  instrument: 0,
  unit: 0,
  summary: 0,
  deprecated: 0,
  renamedTo: 0,
  level: 0,
  required: 0,
  values: 0,
  default: 0,
  dimension: 0,
  atMost: 0,
  sensitive: 0,
  span: 0,
  names: 0,
  message: 0,
  onSpan: 0,
  announce: 0,
  keep: 0,
  slow: 0,
  warn: 0,
  error: 0,
  buckets: 0,
  dimensions: 0,
  attributes: 0,
  metrics: 0,
  context: 0,
  eventTypes: 0,
} satisfies Record<Key, 0>)

/** Undefined where there is no file. Throws where it holds no description that can be read. */
export function readContract(path: string): CatalogueDescription | undefined {
  const text = readIfThere(path)
  if (text === undefined) return undefined
  const value = parsed(path, text)
  const version: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'description') : undefined
  if (typeof version === 'number' && version !== descriptionVersion)
    throw new Error(
      `${path} is a description of form ${version}, and this version of @proprio/testing reads form ${descriptionVersion}. Use the version that wrote it, or record it anew: ${recordAnew}.`,
    )
  const problem = problemOf(value)
  if (problem !== undefined) throw unreadable(path, `is no description of a catalogue: ${problem}`)
  return value as CatalogueDescription
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw unreadable(path, `is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

const unreadable = (path: string, problem: string, options?: ErrorOptions): Error =>
  new Error(`${path} ${problem}. Take it back from version control, or record it anew: ${recordAnew}.`, options)

/** In place of what is there, whole or not at all: tests run beside each other, and are killed. */
export function writeContract(path: string, description: CatalogueDescription): void {
  const beside = `${path}.${randomUUID()}.tmp`
  mkdirSync(dirname(path), { recursive: true })
  try {
    writeFileSync(beside, `${JSON.stringify(description, keys, 2)}\n`)
    renameSync(beside, path)
  } finally {
    rmSync(beside, { force: true })
  }
}
