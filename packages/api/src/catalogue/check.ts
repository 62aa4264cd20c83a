// What types cannot catch, caught when the catalogue is defined: clashes between names, OpenTelemetry's rules for them, and limits that are none.
import { ProprioError } from '../errors.ts'
import { checkAttributes, checkNamespaces } from './check-attributes.ts'
import { checkInstruments } from './check-instruments.ts'
import { checkName, claim } from './check-names.ts'
import type { AttributeModel, CatalogueModel } from './model.ts'
import { reservedNamespaces } from './naming.ts'

export function checkCatalogue(model: CatalogueModel): void {
  checkName(model.name, model.name)
  checkReserved(model)
  const checks = [checkEventNames, checkAttributes, checkNamespaces, checkInstruments, checkTemplates, checkDeprecated]
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

function checkEventNames(model: CatalogueModel): void {
  const paths = new Map<string, string>()
  for (const event of model.eventTypes) {
    const path = `${model.name}.${event.type}`
    checkName(path, event.name)
    claim(paths, event.name, path)
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

function checkDeprecated(model: CatalogueModel): void {
  const types = new Set(model.eventTypes.map(({ type }) => type))
  expectSuccessors(`${model.name} context`, model.context)
  for (const { type, deprecated, attributes } of model.eventTypes) {
    expectSuccessor(`${model.name}.${type}`, deprecated?.renamedTo, types)
    expectSuccessors(`${model.name}.${type} attribute`, attributes)
  }
}

function expectSuccessors(path: string, attributes: readonly AttributeModel[]): void {
  const keys = new Set(attributes.map(({ key }) => key))
  for (const { key, deprecated } of attributes) expectSuccessor(`${path} ${key}`, deprecated?.renamedTo, keys)
}

function expectSuccessor(path: string, renamedTo: string | undefined, known: ReadonlySet<string>): void {
  if (renamedTo === undefined || known.has(renamedTo)) return
  throw new ProprioError(
    'PROPRIO_API_BAD_DEPRECATION',
    path,
    `${JSON.stringify(renamedTo)}, which it is renamed to, is not there`,
    `Name one of: ${[...known].join(', ')}.`,
  )
}
