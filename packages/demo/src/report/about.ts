// What an operation was about. A span's name is bounded; what was asked for is in the attributes.
import type { Attributes } from '@proprio/store'

/** `GET /repos/octocat`, `SELECT issue`, or else the name. */
export function aboutOf(attributes: Attributes, name: string): string {
  const asked = attributes['url.full'] ?? attributes['url.path'] ?? attributes['db.collection.name']
  const verb = attributes['http.request.method'] ?? attributes['db.operation.name']
  return typeof asked === 'string' && typeof verb === 'string' ? `${verb} ${asked}` : name
}
