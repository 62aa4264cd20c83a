// What this description says beyond JSON Schema: OpenAPI's own keywords, GitHub's, and formats that only they know. Strict reading refuses any other.
import type { Ajv } from 'ajv'

const annotations = ['example', 'externalDocs', 'x-github-breaking-changes', 'x-multi-segment']
const plainFormats = ['repo.nwo', 'binary', 'timestamp', 'uri-template']

/** Validators that are made by the thousand and used a few times each: quick to make (1.1 s instead of 3.5) matters more than quick to run. */
export const quicklyMade = { inlineRefs: false, code: { optimize: false }, logger: false } as const

/** Teaches a validator these words. They say nothing about what is valid. */
export function teach(validator: Ajv): Ajv {
  for (const keyword of annotations) validator.addKeyword(keyword)
  for (const format of plainFormats) validator.addFormat(format, true)
  return validator
}
