// Decorators: a validator hung on each model of the registry. Schemas that do not stand up to strict reading are refused, which is a failed registration.
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv'
import { default as ajvFormats } from 'ajv-formats'
import { loom } from '../catalogue.ts'
import type { Registry } from '../registry/registry.ts'
import { addressed, addressOf } from './address.ts'
import { quicklyMade, teach } from './vocabulary.ts'

export interface Decorators {
  readonly validators: ReadonlyMap<string, ValidateFunction>
  /** Models whose schema was refused. */
  readonly refused: readonly string[]
}

/** Hangs a validator on every model. */
export function decorate(registry: Registry): Decorators {
  const ajv = teach(new Ajv({ ...quicklyMade, strict: true, strictRequired: false, allowUnionTypes: true }))
  ajvFormats.default(ajv)
  for (const [model, schema] of registry.models)
    ajv.addSchema(addressed(schema) as AnySchema, addressOf(model), undefined, false)

  const registerDecorator = loom.decorator.register.wrap((model: string) => ({ model }))((model: string) => {
    const validator = ajv.getSchema(addressOf(model))
    if (!validator) throw new Error(`${model} is in no registry`)
    return validator
  })

  const validators = new Map<string, ValidateFunction>()
  const refused: string[] = []
  for (const model of registry.models.keys()) {
    try {
      validators.set(model, registerDecorator(model))
    } catch {
      refused.push(model)
    }
  }
  return { validators, refused }
}
