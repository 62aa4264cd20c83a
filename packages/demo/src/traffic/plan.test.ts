import { expect, test } from 'vitest'
import { decorate } from '../decorators/decorators.ts'
import { validateExamples } from '../decorators/examples.ts'
import { readDescription } from '../description/read.ts'
import { register } from '../registry/registry.ts'
import { planTraffic } from './plan.ts'

const registry = register(await readDescription())

test('the description is a real one of more than 500 operations', () => {
  expect(registry.description.info.title).toContain('GitHub')
  expect(registry.operations.length).toBeGreaterThan(500)
})

test('every operation is asked, no path keeps a parameter open, and what is spoilt is not JSON or not what the schema says', () => {
  const plan = planTraffic(registry)
  expect(plan.length).toBeGreaterThan(registry.operations.length)
  for (const { target } of plan) expect(target).not.toMatch(/[{}]/)
  expect(plan.filter(({ target }) => target.endsWith('=many')).length).toBeGreaterThan(10)
})

test('some models do not stand up to strict reading, some examples are not what their models say', () => {
  const decorators = decorate(registry)
  expect(decorators.validators.size + decorators.refused.length).toBe(registry.models.size)
  expect(decorators.refused).toContain('custom-property-value')
  const examples = validateExamples(registry, decorators)
  expect(examples.valid).toBeGreaterThan(examples.invalid)
  expect(examples.invalid).toBeGreaterThan(0)
  expect(examples.homeless).toBeGreaterThan(0)
})
