// Expectations stage: that what a catalogue's scope has emitted is what the catalogue describes. Emitters see to that themselves; whoever emits by hand
// through the same scope, in another language or another version, does not.
import type { AttributeDescription, CatalogueDescription, EventTypeDescription } from '@proprio/api'
import type { Attributes, AttributeValue, SpanRecord } from '@proprio/store'
import type { Recording } from '../recorder/index.ts'
import { nearest } from '../target/did-you-mean.ts'
import { articled } from '../target/target.ts'
import { eventsOf, isPart, type MetricSeries, type TestEvent } from '../telemetry/index.ts'
import { describedCatalogue, knownCatalogues } from '../target/catalogues.ts'
import { blocks, plural, shownTraces } from './failure.ts'
import { openHint } from './hints.ts'
import type { Outcome } from './outcome.ts'
import { telemetrySubject } from './subject.ts'

interface Problem {
  readonly text: string
  readonly spanId?: string | undefined
}

export function conformTo(subject: unknown, catalogue: unknown): Outcome {
  const recording = telemetrySubject(subject)
  const description = describedCatalogue(catalogue)
  const problems = problemsOf(recording, description)
  const texts = [...new Set(problems.map(({ text }) => text))]
  return {
    pass: texts.length === 0,
    message: () =>
      texts.length === 0
        ? `expected something that ${description.name} does not describe, and there is nothing`
        : blocks(
            `expected all that ${description.name} emits to be as it is described, and ${plural(texts.length, 'thing')} ${texts.length === 1 ? 'is' : 'are'} not:\n${texts.map((text) => `  ${text}`).join('\n')}`,
            openHint(recording),
            shownTraces(
              recording,
              problems.flatMap(({ spanId }) => spanId ?? []),
            ),
          ),
  }
}

function problemsOf(recording: Recording, of: CatalogueDescription): readonly Problem[] {
  const inScope = ({ scope }: { readonly scope: { readonly name: string } }): boolean => scope.name === of.name
  const spans = recording.spans.filter(inScope)
  const events = eventsOf(recording.logs, recording.spans).filter((event) => inScope(event) && !isPart(event))
  const series = recording.series.filter(inScope)
  return [
    ...spans.flatMap((span) => spanProblems(span, of).map((text) => ({ text, spanId: span.spanId }))),
    ...events.flatMap((event) => eventProblems(event, of).map((text) => ({ text, spanId: event.spanId }))),
    ...series.flatMap((one) => metricProblems(one, of).map((text) => ({ text }))),
    ...namespaceProblems([...spans, ...events].flatMap(({ attributes }) => Object.keys(attributes))).map((text) => ({
      text,
    })),
  ]
}

function spanProblems(span: SpanRecord, of: CatalogueDescription): readonly string[] {
  const { name, kind, attributes } = span
  const what = `span ${JSON.stringify(name)}`
  const type = attributes['proprio.type']
  if (typeof type !== 'string')
    return [`${what} is of no event type: its scope is the catalogue's, and no emitter made it`]
  const eventType = of.eventTypes.find((one) => one.type === type)
  if (!eventType) return [`${what}: ${unknownType(type, of)}`]
  if (!eventType.span) return [`${what}: ${type} is ${articled(eventType.kind)}, which makes no span`]
  return [
    ...(eventType.span.kind === kind ? [] : [`${what} is of kind ${kind}, and ${type} of ${eventType.span.kind}`]),
    ...(isName(name, eventType) ? [] : [`${what} is not named as ${type} is: ${eventType.span.names.join(' or ')}`]),
    ...attributeProblems(what, attributes, eventType, of),
  ]
}

function eventProblems({ name, attributes }: TestEvent, of: CatalogueDescription): readonly string[] {
  // Of OpenTelemetry's own convention: anybody may say it on a span.
  if (name === 'exception') return []
  const what = `event ${name}`
  const eventType = of.eventTypes.find((one) => one.name === name && one.kind === 'occurrence')
  if (eventType) return attributeProblems(what, attributes, eventType, of)
  const near = nearest(
    name,
    of.eventTypes.map((one) => one.name),
  )
  const meant = near === undefined ? '' : `; was ${near} meant?`
  return [`${what} is no occurrence of ${of.name}${meant}`, ...nameProblems(what, name)]
}

function metricProblems(
  { name, instrument, unit, attributes }: MetricSeries,
  of: CatalogueDescription,
): readonly string[] {
  const what = `metric ${name}`
  const metric = of.eventTypes.flatMap(({ metrics }) => metrics).find((one) => one.name === name)
  if (!metric) return [`${what} is no metric of ${of.name}`, ...nameProblems(what, name), ...totalProblems(what, name)]
  const dimensions = Object.keys(attributes).filter((key) => !metric.dimensions.includes(key))
  return [
    ...(metric.instrument === instrument
      ? []
      : [`${what} is ${articled(instrument)}, and described as ${articled(metric.instrument)}`]),
    ...(metric.unit === unit
      ? []
      : [`${what} is in ${JSON.stringify(unit)}, and described in ${JSON.stringify(metric.unit)}`]),
    ...dimensions.map((key) => `${what} has the dimension ${key}, which it is not described with`),
  ]
}

const unknownType = (type: string, of: CatalogueDescription): string => {
  const near = nearest(
    type,
    of.eventTypes.map((one) => one.type),
  )
  return `${type} is no event type of ${of.name}${near === undefined ? '' : `; was ${near} meant?`}`
}

// One that lacks what its template needs is named by its type.
const isName = (name: string, { type, span }: EventTypeDescription): boolean =>
  name === type || (span?.names ?? []).some((template) => isFilled(name, template.split(/\{[^}]*\}/)))

/** Whether these texts are in the name in their order, the first at its beginning and the last at its end. Between them, in a template's holes, is anything. */
function isFilled(name: string, [first = '', ...texts]: readonly string[]): boolean {
  const last = texts.pop()
  if (last === undefined) return name === first
  if (!name.startsWith(first)) return false
  let at = first.length
  for (const text of texts) {
    const found = name.indexOf(text, at)
    if (found === -1) return false
    at = found + text.length
  }
  return name.length - last.length >= at && name.endsWith(last)
}

/** What anybody may add to a record of ours: our own bookkeeping, what conventions say of failures and places, and ids that blocks say. */
const alwaysAllowed = /^(?:proprio\.|error\.|exception\.|code\.|user\.id$|session\.id$|event\.name$)/

function attributeProblems(
  what: string,
  attributes: Attributes,
  { attributes: own }: EventTypeDescription,
  of: CatalogueDescription,
): readonly string[] {
  const contexts = [...of.context, ...knownCatalogues().flatMap(({ context }) => context)]
  const described = new Map([...contexts, ...own].map((attribute) => [attribute.name, attribute]))
  const missing = own.filter(
    ({ required, sensitive, name }) => required && sensitive !== 'drop' && attributes[name] === undefined,
  )
  return [
    ...missing.map(({ name }) => `${what} lacks the attribute ${name}, which is required`),
    ...Object.entries(attributes).flatMap(([name, value]) => {
      const attribute = described.get(name)
      if (attribute) return valueProblems(what, attribute, value)
      return alwaysAllowed.test(name)
        ? []
        : [`${what} has the attribute ${name}, which is not described`, ...nameProblems(`attribute ${name}`, name)]
    }),
  ]
}

function valueProblems(
  what: string,
  attribute: AttributeDescription,
  value: AttributeValue | undefined,
): readonly string[] {
  if (value === undefined) return []
  const { sensitive } = attribute
  if (sensitive === 'drop') return [`${what} has the attribute ${attribute.name}, which never leaves`]
  if (sensitive !== undefined)
    return [value].flat().every((item) => isProtected[sensitive](item))
      ? []
      : [`${what}: ${attribute.name} is in clear, and is to be ${sensitive === 'hash' ? 'hashed' : 'masked'}`]
  return isOfKind(value, attribute)
    ? []
    : [`${what}: ${attribute.name} is ${JSON.stringify(value)}, and is described as ${kindText(attribute)}`]
}

/** As emitters do it: 128 bits in hex; stars. */
const isProtected = {
  hash: (value: unknown) => typeof value === 'string' && /^[\da-f]{32}$/.test(value),
  mask: (value: unknown) => value === '***',
} as const

const isOfKind = (value: AttributeValue, { kind, values, of }: AttributeDescription): boolean => {
  switch (kind) {
    case 'text':
    case 'id':
      return typeof value === 'string'
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return typeof value === 'number'
    case 'flag':
      return typeof value === 'boolean'
    case 'choice':
      return typeof value === 'string' && values?.includes(value) === true
    case 'list':
      return (
        Array.isArray(value) &&
        (of === undefined ||
          value.every((item: AttributeValue) => isOfKind(item, { kind: of } as AttributeDescription)))
      )
  }
}

const kindText = ({ kind, values }: AttributeDescription): string =>
  kind === 'choice' ? `one of ${values?.join(', ')}` : kind

/** OpenTelemetry's form of a name: lower-case words, `_` inside a word's parts, `.` between namespaces. */
const wireName = /^[a-z][a-z0-9]*(?:[._][a-z0-9]+)*$/

const nameProblems = (what: string, name: string): readonly string[] =>
  wireName.test(name) ? [] : [`${what} is no name as OpenTelemetry has them: lower-case words with _ and .`]

const totalProblems = (what: string, name: string): readonly string[] =>
  name.split(/[._]/).includes('total') ? [`${what} has the word total, which backends add themselves`] : []

function namespaceProblems(names: readonly string[]): readonly string[] {
  const all = new Set(names)
  return [...all].flatMap((name) => {
    const inside = [...all].find((other) => other.startsWith(`${name}.`))
    return inside === undefined ? [] : [`attribute ${name} is also the namespace of ${inside}`]
  })
}
