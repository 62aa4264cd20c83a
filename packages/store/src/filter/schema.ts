// Filter stage: the filter language as a JSON Schema, for those who send filters over HTTP. The same text is the file
// `schema/filter.v1.json` of the package; a test holds the two together.
import { LEVELS } from '../event/level.ts'
import { FILTER_LIMITS } from './check.ts'
import type { FilterFields } from './filter.ts'

const text = { type: 'string', maxLength: FILTER_LIMITS.textLength } as const
const level = { enum: LEVELS } as const

function oneOrMany(value: object): { readonly anyOf: readonly object[] } {
  return { anyOf: [value, { type: 'array', maxItems: FILTER_LIMITS.values, items: value }] }
}

function range(value: object): object {
  return { type: 'object', additionalProperties: false, properties: { atLeast: value, atMost: value } }
}

const PROPERTIES = {
  afterId: { type: 'number', description: 'Only events written after the one with this id.' },
  level: { anyOf: [...oneOrMany(level).anyOf, range(level)] },
  layer: { ...oneOrMany(text), description: '`*` stands for any text.' },
  type: { ...oneOrMany(text), description: '`*` stands for any text.' },
  traceId: oneOrMany(text),
  spanId: oneOrMany(text),
  time: {
    type: 'object',
    description: "The event's time: `from` inclusive, `to` exclusive; Unix milliseconds or ISO 8601.",
    additionalProperties: false,
    properties: { from: { type: ['number', 'string'] }, to: { type: ['number', 'string'] } },
  },
  durationMs: { ...range({ type: 'number' }), description: 'Inclusive; operations only.' },
  slow: { type: 'boolean', description: 'Whether a limit was crossed.' },
  failed: { type: 'boolean', description: 'Whether it carries an error.' },
  attributes: {
    type: 'object',
    maxProperties: FILTER_LIMITS.attributes,
    additionalProperties: {
      anyOf: [
        ...oneOrMany({ anyOf: [text, { type: ['number', 'boolean'] }] }).anyOf,
        range({ type: 'number' }),
        {
          type: 'object',
          required: ['exists'],
          additionalProperties: false,
          properties: { exists: { type: 'boolean' } },
        },
      ],
    },
  },
  text: {
    ...oneOrMany(text),
    description: 'Found in the message, type, error or a text attribute, without regard to case.',
  },
} as const satisfies Record<keyof FilterFields, object>

/** JSON Schema (draft 2020-12) of a filter, version 1. */
export const FILTER_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Proprio filter, version 1',
  type: 'object',
  additionalProperties: false,
  properties: PROPERTIES,
}
