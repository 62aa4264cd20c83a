// What types cannot catch, caught when the catalogue is defined: clashes between names, OpenTelemetry's rules for them, and limits that are none.
import { ProprioError } from '../errors.ts'
import type { AttributeModel, CatalogueModel, EventTypeModel, InstrumentModel } from './model.ts'
import { isWireName, reservedNamespaces } from './naming.ts'

export function checkCatalogue(model: CatalogueModel): void {
  checkName(model.name, model.name)
  checkReserved(model)
  const checks = [checkEventNames, checkAttributes, checkNamespaces, checkInstruments, checkTemplates]
  for (const check of checks) check(model)
}

function checkReserved({ name, eventTypes }: CatalogueModel): void {
  if (reservedNamespaces.has(name.split('.')[0] ?? '')) {
    throw new ProprioError(
      'PROPRIO_API_RESERVED_NAME',
      name,
      'OpenTelemetry owns this namespace',
      'Name the catalogue after your framework.',
    )
  }
  if (eventTypes.some(({ layer }) => layer === 'within')) {
    throw new ProprioError(
      'PROPRIO_API_RESERVED_NAME',
      `${name}.within`,
      'a layer cannot be called `within`',
      'Choose another name.',
    )
  }
}

function checkName(path: string, name: string): void {
  if (!isWireName(name)) {
    throw new ProprioError(
      'PROPRIO_API_BAD_NAME',
      path,
      `${JSON.stringify(name)} is no OpenTelemetry name`,
      'Use lower-case words of letters and digits, joined by single dots or underscores, beginning with a letter.',
    )
  }
}

function checkEventNames(model: CatalogueModel): void {
  const paths = new Map<string, string>()
  for (const event of model.eventTypes) {
    const path = `${model.name}.${event.type}`
    checkName(path, event.name)
    claim(paths, event.name, path)
  }
}

function claim(paths: Map<string, string>, name: string, path: string): void {
  const other = paths.get(name)
  if (other !== undefined) {
    throw new ProprioError(
      'PROPRIO_API_DUPLICATE_NAME',
      path,
      `its name on the wire, ${name}, is that of ${other} too`,
      'Rename one of them.',
    )
  }
  paths.set(name, path)
}

function* allAttributes(model: CatalogueModel): Generator<[path: string, attribute: AttributeModel]> {
  for (const attribute of model.context) yield [`${model.name} context ${attribute.key}`, attribute]
  for (const event of model.eventTypes)
    for (const attribute of event.attributes)
      yield [`${model.name}.${event.type} attribute ${attribute.key}`, attribute]
}

function checkAttributes(model: CatalogueModel): void {
  const seen = new Map<string, [path: string, attribute: AttributeModel]>()
  for (const [path, attribute] of allAttributes(model)) {
    checkName(path, attribute.name)
    checkDimension(path, attribute)
    const [otherPath, other] = seen.get(attribute.name) ?? []
    if (
      other &&
      (other.kind !== attribute.kind || other.unit !== attribute.unit || other.sensitive !== attribute.sensitive)
    ) {
      throw new ProprioError(
        'PROPRIO_API_DUPLICATE_NAME',
        path,
        `${attribute.name} is ${otherPath} too, with another kind, unit or sensitivity`,
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

function checkDimension(path: string, { dimension, kind, sensitive, values }: AttributeModel): void {
  if (kind === 'choice' && (!values || values.length === 0 || values.some((value) => typeof value !== 'string'))) {
    throw new ProprioError(
      'PROPRIO_API_BAD_ATTRIBUTE',
      path,
      'a choice needs its values',
      "Give a list of strings: choice(['cron', 'user'], …).",
    )
  }
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

function checkNamespaces(model: CatalogueModel): void {
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

function checkInstruments(model: CatalogueModel): void {
  const seen = new Map<string, [path: string, instrument: InstrumentModel]>()
  for (const event of model.eventTypes) {
    const path = `${model.name}.${event.type}`
    for (const instrument of instrumentsOf(event)) {
      checkInstrument(path, instrument)
      const [otherPath, other] = seen.get(instrument.name) ?? []
      if (other && JSON.stringify({ ...other, summary: '' }) !== JSON.stringify({ ...instrument, summary: '' })) {
        throw new ProprioError(
          'PROPRIO_API_DUPLICATE_NAME',
          path,
          `the metric ${instrument.name} is ${otherPath}'s too, as another instrument, unit or buckets`,
          'Rename one of them, or define them alike.',
        )
      }
      seen.set(instrument.name, [path, instrument])
    }
  }
}

export const instrumentsOf = (event: EventTypeModel): InstrumentModel[] => [
  event.instrument,
  ...event.attributes.flatMap(({ measure }) => measure ?? []),
]

function checkInstrument(path: string, { name, unit, buckets }: InstrumentModel): void {
  checkName(path, name)
  if (name.split(/[._]/).includes('total')) {
    throw new ProprioError(
      'PROPRIO_API_BAD_NAME',
      path,
      `the metric ${name} has the word total`,
      'Leave it out: Prometheus adds `_total` itself.',
    )
  }
  if (typeof unit !== 'string' || unit === '') {
    throw new ProprioError(
      'PROPRIO_API_BAD_NAME',
      path,
      `the metric ${name} has no unit`,
      "Give a UCUM unit: 's', 'By', '{run}', or '1' for a ratio.",
    )
  }
  if (
    buckets &&
    !buckets.every((bound, index) => Number.isFinite(bound) && (index === 0 || bound > (buckets[index - 1] ?? 0)))
  ) {
    throw new ProprioError(
      'PROPRIO_API_BAD_LIMIT',
      path,
      `the buckets of ${name} do not rise`,
      'List finite boundaries in rising order.',
    )
  }
}

function checkTemplates(model: CatalogueModel): void {
  for (const event of model.eventTypes) {
    const path = `${model.name}.${event.type}`
    const bounded = new Map(event.attributes.map((attribute) => [attribute.key, attribute]))
    if (event.kind === 'operation' && event.spanNames.length === 0) {
      throw new ProprioError(
        'PROPRIO_API_BAD_TEMPLATE',
        path,
        'it has no span name',
        "Give one: `span: 'node {node}'`.",
      )
    }
    for (const [index, { holes }] of event.spanNames.entries()) {
      for (const hole of holes) {
        const attribute = bounded.get(hole)
        if (
          !attribute ||
          !(attribute.dimension || attribute.kind === 'choice' || attribute.kind === 'flag') ||
          attribute.sensitive
        ) {
          throw new ProprioError(
            'PROPRIO_API_BAD_TEMPLATE',
            path,
            `{${hole}} in a span name is not a bounded attribute`,
            'Use a choice, a flag, or a text with `dimension: { atMost }`.',
          )
        }
        if (index === event.spanNames.length - 1 && !attribute.required) {
          throw new ProprioError(
            'PROPRIO_API_BAD_TEMPLATE',
            path,
            `the last span name needs {${hole}}, which is not required`,
            'Make it `required: true`, or add a last name without it.',
          )
        }
      }
    }
    for (const hole of event.message?.holes ?? []) {
      if (!bounded.has(hole)) {
        throw new ProprioError(
          'PROPRIO_API_BAD_TEMPLATE',
          path,
          `{${hole}} in the message is no attribute`,
          'Name one of its attributes.',
        )
      }
    }
  }
}
