// Event stage: the JSON form as a JSON Schema, for those who read it without this package. The same text is the file
// `schema/framework-event.v1.json` of the package; a test holds the two together.

/** JSON Schema (draft 2020-12) of `eventToJson()`, version 1. */
export const FRAMEWORK_EVENT_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Proprio framework event, version 1',
  type: 'object',
  required: ['version', 'type', 'layer', 'level', 'message', 'time', 'attributes'],
  additionalProperties: false,
  properties: {
    version: { const: 1 },
    type: { type: 'string', description: "The event type's path in its catalogue." },
    layer: { type: 'string' },
    level: { enum: ['debug', 'info', 'warn', 'error', 'critical'] },
    message: { type: 'string' },
    time: { $ref: '#/$defs/number', description: "Unix milliseconds: an operation's end, an occurrence's emission." },
    durationMs: { $ref: '#/$defs/number', description: 'Operations only.' },
    error: {
      type: 'object',
      required: ['type', 'message'],
      additionalProperties: false,
      properties: {
        type: { type: 'string' },
        message: { type: 'string' },
        stack: { type: 'string' },
        causes: { type: 'array', items: { $ref: '#/$defs/cause' } },
      },
    },
    slow: {
      type: 'object',
      required: ['thresholdMs'],
      additionalProperties: false,
      properties: { thresholdMs: { $ref: '#/$defs/number' } },
    },
    attributes: { $ref: '#/$defs/map' },
    traceId: { type: 'string' },
    spanId: { type: 'string' },
  },
  $defs: {
    number: { anyOf: [{ type: 'number' }, { $ref: '#/$defs/namedNumber' }] },
    namedNumber: {
      type: 'object',
      required: ['$number'],
      additionalProperties: false,
      properties: { $number: { enum: ['NaN', 'Infinity', '-Infinity', '-0'] } },
    },
    cause: {
      type: 'object',
      required: ['type', 'message', 'via', 'depth'],
      additionalProperties: false,
      properties: {
        type: { type: 'string' },
        message: { type: 'string' },
        stack: { type: 'string' },
        via: { enum: ['cause', 'errors'] },
        depth: { type: 'integer', minimum: 0 },
      },
    },
    value: {
      anyOf: [
        { type: ['string', 'number', 'boolean', 'null'] },
        { type: 'array', items: { $ref: '#/$defs/value' } },
        { $ref: '#/$defs/namedNumber' },
        {
          type: 'object',
          required: ['$bytes'],
          additionalProperties: false,
          properties: { $bytes: { type: 'string', contentEncoding: 'base64' } },
        },
        { $ref: '#/$defs/map' },
      ],
    },
    map: {
      anyOf: [
        {
          type: 'object',
          propertyNames: { pattern: '^(?!\\$)' },
          additionalProperties: { $ref: '#/$defs/value' },
        },
        {
          type: 'object',
          description: 'The entries of a map with a key that begins with $ or has a character that JSON escapes.',
          required: ['$entries'],
          additionalProperties: false,
          properties: {
            $entries: {
              type: 'array',
              items: {
                type: 'array',
                prefixItems: [{ type: 'string' }, { $ref: '#/$defs/value' }],
                minItems: 2,
                items: false,
              },
            },
          },
        },
      ],
    },
  },
} as const
