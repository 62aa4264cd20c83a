// The requests: one to every operation, valid by its schema; a share of them spoilt; and more of what people really ask for.
import type { Parameter, Schema } from '../description/openapi.ts'
import { parametersOf, sampleOf, samplePath } from '../description/sample.ts'
import type { Method, RegisteredOperation, Registry } from '../registry/registry.ts'

export interface PlannedRequest {
  readonly method: Method
  /** Path and query. */
  readonly target: string
  /** As it is sent. */
  readonly body?: string
}

/** One of so many operations is also asked wrongly. */
const spoiltOf = 6

/** All requests, in the order they are sent. */
export function planTraffic(registry: Registry): PlannedRequest[] {
  const plain = registry.operations.map((operation) => valid(registry, operation))
  const spoilt = registry.operations.filter((_, at) => at % spoiltOf === 0).flatMap((one) => invalid(registry, one))
  return [...plain, ...spoilt, ...popular(registry), ...unheardOf]
}

function valid({ description }: Registry, { method, path, operation }: RegisteredOperation): PlannedRequest {
  const query = parametersOf(description, operation, 'query').filter((one) => one.required)
  const body = operation.requestBody?.content['application/json']?.schema
  return {
    method,
    target:
      samplePath(description, path, operation) + search(query.map((one) => [one.name, sampleText(description, one)])),
    ...(body && { body: JSON.stringify(sampleOf(description, body)) }),
  }
}

const sampleText = (description: Registry['description'], { schema }: Parameter): string =>
  String(sampleOf(description, schema ?? {}))

const search = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.length === 0 ? '' : `?${new URLSearchParams(Object.fromEntries(pairs)).toString()}`

/** The same request with one thing wrong: text for a number, a body that lacks what it must have, or one that is cut off. */
function invalid(registry: Registry, operation: RegisteredOperation): PlannedRequest[] {
  const { description } = registry
  const request = valid(registry, operation)
  const countable = parametersOf(description, operation.operation, 'query').find(
    (one) => one.schema?.type === 'integer',
  )
  if (countable) {
    const joint = request.target.includes('?') ? '&' : '?'
    return [{ ...request, target: `${request.target}${joint}${countable.name}=many` }]
  }
  if (request.body === undefined) return []
  const body = operation.operation.requestBody?.content['application/json']?.schema
  return [{ ...request, body: body?.required ? without(body, request.body) : request.body.slice(0, -1) }]
}

function without({ required }: Schema, body: string): string {
  const rest = JSON.parse(body) as Record<string, unknown>
  return JSON.stringify(Object.fromEntries(Object.entries(rest).filter(([name]) => name !== required?.[0])))
}

const get = (target: string): PlannedRequest => ({ method: 'GET', target })

/** What people ask for most: searches, which read every document of a table, and pages of issues, the longest of them a big answer. */
function popular({ description, operations }: Registry): PlannedRequest[] {
  const issues = operations.find(({ id }) => id === 'issues/list-for-repo')
  const list = issues ? samplePath(description, issues.path, issues.operation) : '/issues'
  const searches = ['octocat', 'bug', 'documentation', 'e', 'assignee'].flatMap((term) =>
    ['issues', 'repositories', 'code', 'users'].map((what) => get(`/search/${what}?q=${term}&per_page=100`)),
  )
  const pages = Array.from({ length: 40 }, (_, at) => get(`${list}?per_page=100&page=${at + 1}`))
  const longPages = Array.from({ length: 4 }, (_, at) => get(`${list}?per_page=${(at + 1) * 1000}`))
  return [...searches, ...pages, ...longPages]
}

const unheardOf: readonly PlannedRequest[] = [
  get('/repos/octocat'),
  get('/repositories/by-name/linux'),
  get('/version'),
]
