// What may be an attribute, and what of it may be a dimension.
import { primitiveOf } from '../define/attribute.ts'
import { ProprioError } from '../errors.ts'
import { protections } from '../value/sensitive.ts'
import { checkName, claim } from './check-names.ts'
import type { AttributeModel, CatalogueModel } from './model.ts'
import { bookkeeping } from './naming.ts'

function* allAttributes(model: CatalogueModel): Generator<[path: string, attribute: AttributeModel]> {
  for (const attribute of model.context) yield [`${model.name} context ${attribute.key}`, attribute]
  for (const event of model.eventTypes)
    for (const attribute of event.attributes)
      yield [`${model.name}.${event.type} attribute ${attribute.key}`, attribute]
}

// Said for many event types at once, it is no measurement of one; and where nothing is said there is nothing to fill in or to ask for.
function checkContext({ name, context }: CatalogueModel): void {
  for (const { key, ...attribute } of context) {
    const option = (['measure', 'default', 'required'] as const).find((one) => attribute[one])
    if (option !== undefined) {
      throw new ProprioError(
        'PROPRIO_API_BAD_ATTRIBUTE',
        `${name} context ${key}`,
        `an attribute of the context takes no \`${option}\``,
        'Take it away, or make it an attribute of the event types that need it.',
      )
    }
  }
}

export function checkAttributes(model: CatalogueModel): void {
  checkContext(model)
  const seen = new Map<string, [path: string, attribute: AttributeModel]>()
  for (const [path, attribute] of allAttributes(model)) {
    checkName(path, attribute.name)
    checkAttribute(path, attribute)
    checkDimension(path, attribute)
    const [otherPath, other] = seen.get(attribute.name) ?? []
    const different = other && (['kind', 'unit', 'sensitive'] as const).find((one) => other[one] !== attribute[one])
    if (other && different) {
      const [mine, its] = [attribute, other].map((one) => JSON.stringify(one[different] ?? 'none'))
      throw new ProprioError(
        'PROPRIO_API_DUPLICATE_NAME',
        path,
        `${attribute.name} is ${otherPath} too, but here \`${different}\` is ${mine}, there ${its}`,
        'Define the attribute once and use it in both, or rename one of them.',
      )
    }
    seen.set(attribute.name, [path, attribute])
  }
  for (const event of model.eventTypes) {
    const names = new Map<string, string>()
    for (const { key, name } of [...model.context, ...event.attributes])
      claim(names, name, `${model.name}.${event.type} attribute ${key}`)
  }
}

function checkAttribute(path: string, attribute: AttributeModel): void {
  const { name, kind, measure, sensitive, values, default: value } = attribute
  if (bookkeeping.has(name)) {
    throw new ProprioError(
      'PROPRIO_API_RESERVED_NAME',
      path,
      `${name} is what Proprio itself writes`,
      'Take its `name` away, or choose another.',
    )
  }
  if (name.startsWith('otel.')) {
    throw new ProprioError(
      'PROPRIO_API_RESERVED_NAME',
      path,
      `${name} is in the namespace otel, which OpenTelemetry keeps to itself`,
      'Take its `name` away, or choose another.',
    )
  }
  if (sensitive !== undefined && !Object.hasOwn(protections, sensitive)) {
    throw new ProprioError(
      'PROPRIO_API_BAD_ATTRIBUTE',
      path,
      `sensitive is ${JSON.stringify(sensitive)}`,
      "Choose 'drop', 'hash' or 'mask'.",
    )
  }
  if (measure && (primitiveOf[kind] !== 'number' || sensitive || !/^(?:counter|histogram)$/.test(measure.instrument))) {
    throw new ProprioError(
      'PROPRIO_API_BAD_ATTRIBUTE',
      path,
      `it cannot be measured as ${JSON.stringify(measure.instrument)}`,
      "Measure an integer or a number, as 'counter' or 'histogram'.",
    )
  }
  if (kind !== 'choice') return
  if (!values || values.length === 0 || values.some((one) => typeof one !== 'string')) {
    throw new ProprioError(
      'PROPRIO_API_BAD_ATTRIBUTE',
      path,
      'a choice needs its values',
      "Give a list of strings: choice(['cron', 'user'], …).",
    )
  }
  if (value !== undefined && !values.includes(value)) {
    throw new ProprioError(
      'PROPRIO_API_BAD_ATTRIBUTE',
      path,
      `its default ${JSON.stringify(value)} is none of its values`,
      'Take one of the values.',
    )
  }
}

function checkDimension(path: string, { dimension, kind, sensitive }: AttributeModel): void {
  if (!dimension) return
  if (kind === 'id' || kind === 'list' || sensitive) {
    throw new ProprioError(
      'PROPRIO_API_BAD_DIMENSION',
      path,
      `${sensitive ? 'a sensitive attribute' : `an attribute of kind ${kind}`} cannot be a metric dimension`,
      'Take `dimension` away, or use a choice, a flag, or a bounded text.',
    )
  }
  const bounded = kind === 'choice' || kind === 'flag'
  if (!bounded && !(Number.isInteger(dimension.atMost) && dimension.atMost > 0)) {
    throw new ProprioError(
      'PROPRIO_API_BAD_DIMENSION',
      path,
      'a text or a number is unbounded',
      'Say how many values there may be: `dimension: { atMost: 100 }`.',
    )
  }
}

export function checkNamespaces(model: CatalogueModel): void {
  const names = new Map([...allAttributes(model)].map(([path, { name }]) => [name, path]))
  for (const [name, path] of names) {
    for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      const clash = names.get(name.slice(0, dot))
      if (clash !== undefined) {
        throw new ProprioError(
          'PROPRIO_API_NAMESPACE_CLASH',
          clash,
          `${name.slice(0, dot)} is an attribute, and the namespace of ${name} (${path})`,
          'Rename one of them, or give one a `name`.',
        )
      }
    }
  }
}
