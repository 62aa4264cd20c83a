// Contract stage: whether a value has the form of a description, before anything is read from it. As far as comparing goes: the published
// `description.schema.json` of @proprio/api says more.
import {
  type AttributeDescription,
  type CatalogueDescription,
  descriptionVersion,
  type EventTypeDescription,
  type MetricDescription,
} from '@proprio/api'

/** The first place that is wrong, as a sentence's subject and verb; undefined where all is well. */
type Check = (value: unknown, place: string) => string | undefined
type Fields<Part> = { readonly [Key in keyof Required<Part>]: Check }

const only =
  (type: 'string' | 'number' | 'boolean'): Check =>
  (value, place) =>
    typeof value === type ? undefined : `${place} is no ${type}`

const optional =
  (check: Check): Check =>
  (value, place) =>
    value === undefined ? undefined : check(value, place)

const listOf =
  (check: Check): Check =>
  (value, place) => {
    if (!Array.isArray(value)) return `${place} is no list`
    return first(value.entries(), ([index, one]) => check(one, `${place}[${index}]`))
  }

const object =
  <Part>(fields: Fields<Part>): Check =>
  (value, place) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${place} is no object`
    return first(Object.entries<Check>(fields), ([key, check]) => check(Reflect.get(value, key), `${place}.${key}`))
  }

function first<One>(all: Iterable<One>, problemOf: (one: One) => string | undefined): string | undefined {
  for (const one of all) {
    const problem = problemOf(one)
    if (problem !== undefined) return problem
  }
  return undefined
}

const text = only('string')
const texts = listOf(text)
const number = only('number')
const yesOrNo = only('boolean')
const deprecated = optional(object<NonNullable<AttributeDescription['deprecated']>>({ renamedTo: text }))

const attribute = object<AttributeDescription>({
  key: text,
  name: text,
  kind: text,
  summary: text,
  required: yesOrNo,
  unit: optional(text),
  values: optional(texts),
  of: optional(text),
  dimension: optional(object<NonNullable<AttributeDescription['dimension']>>({ atMost: optional(number) })),
  sensitive: optional(text),
  default: optional(text),
  deprecated,
})

const metric = object<MetricDescription>({
  name: text,
  instrument: text,
  unit: text,
  summary: text,
  buckets: optional(listOf(number)),
  dimensions: texts,
})

const eventType = object<EventTypeDescription>({
  type: text,
  layer: text,
  kind: text,
  name: text,
  summary: text,
  level: text,
  span: optional(object<NonNullable<EventTypeDescription['span']>>({ kind: text, names: texts })),
  message: optional(text),
  onSpan: optional(yesOrNo),
  announce: optional(yesOrNo),
  keep: optional(text),
  slow: optional(
    object<NonNullable<EventTypeDescription['slow']>>({ warn: optional(number), error: optional(number) }),
  ),
  attributes: listOf(attribute),
  metrics: listOf(metric),
  deprecated,
})

const description = object<CatalogueDescription>({
  description: (value, place) => (value === descriptionVersion ? undefined : `${place} is not ${descriptionVersion}`),
  name: text,
  version: text,
  schemaUrl: optional(text),
  context: listOf(attribute),
  eventTypes: listOf(eventType),
})

/** What is wrong with it, `it.eventTypes[0].type is no string`; undefined where it is a description. */
export const problemOf = (value: unknown): string | undefined => description(value, 'it')
