// The first stage: GitHub's own description of its REST API, from npm (MIT), and how its references are followed.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Content, Description, Operation, Reference, Response } from './openapi.ts'

export const descriptionName = 'api.github.com'

/** The description as it was published: 13 MB, more than a thousand operations. */
export async function readDescription(): Promise<Description> {
  const file = createRequire(import.meta.url).resolve(`@octokit/openapi/generated/${descriptionName}.json`)
  return JSON.parse(await readFile(file, 'utf8')) as Description
}

/** What a value is, or what it refers to. */
export function resolve<T extends object>(description: Description, value: T | Reference): T {
  if (!('$ref' in value)) return value
  const path = value.$ref.slice('#/'.length).split('/')
  const unescaped = path.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  return unescaped.reduce<unknown>((at, part) => Reflect.get(at as object, part), description) as T
}

/** The name of the model that a schema refers to. */
export const modelNamed = (schema: { readonly $ref?: string } | undefined): string | undefined =>
  schema?.$ref?.slice('#/components/schemas/'.length)

export interface Success {
  readonly status: number
  readonly content: Content | undefined
}

/** The first answer that means it went well, and its JSON. */
export function successOf(description: Description, operation: Operation): Success {
  const status = Object.keys(operation.responses).find((code) => /^[23]/.test(code)) ?? '200'
  const response = operation.responses[status]
  const resolved: Response = response ? resolve(description, response) : {}
  return { status: Number(status), content: resolved.content?.['application/json'] }
}

/** The values of the examples of some content. */
export function exampleValues(description: Description, content: Content | undefined): unknown[] {
  const examples = Object.values(content?.examples ?? {}).map((example) => resolve(description, example).value)
  return content?.example === undefined ? examples : [content.example, ...examples]
}
