// The description's own examples, held against the models they are called after. Some are wrong, as published.
import type { ValidateFunction } from 'ajv'
import { loom } from '../catalogue.ts'
import type { Registry } from '../registry/registry.ts'
import type { Decorators } from './decorators.ts'

/** An example is not what its model says. */
export class ModelViolation extends Error {
  override readonly name = 'ModelViolation'
}

interface Claim {
  readonly model: string
  readonly example: string
  readonly validator: ValidateFunction
  readonly values: readonly unknown[]
}

const hold = loom.decorator.validate.wrap(({ model, example }: Claim) => ({ model, example }))(
  ({ model, example, validator, values }: Claim) => {
    for (const value of values) {
      if (validator(value)) continue
      const [problem] = validator.errors ?? []
      throw new ModelViolation(
        `${example}${problem?.instancePath ?? ''} ${problem?.message ?? 'is not valid'} (${model})`,
      )
    }
  },
)

export interface ExampleResult {
  readonly valid: number
  readonly invalid: number
  readonly homeless: number
}

/** Examples are called `simple-user`, or `simple-user-items` for a list of them: the registry is asked for a model of that name. */
export function validateExamples(registry: Registry, { validators }: Decorators): ExampleResult {
  let valid = 0
  let invalid = 0
  let homeless = 0
  for (const [example, { value }] of Object.entries(registry.description.components.examples)) {
    const model = example.replace(/-(items|response|paginated)$/, '')
    const validator = registry.lookup(model, `example ${example}`) && validators.get(model)
    if (!validator) {
      homeless++
      continue
    }
    try {
      hold({ model, example, validator, values: Array.isArray(value) ? value : [value] })
      valid++
    } catch {
      invalid++
    }
  }
  return { valid, invalid, homeless }
}
