// What blocks have said (`withContext`, `within`) goes on every span and log record inside, other libraries' too. Our own emitters bring it along.
import type { Context } from '@opentelemetry/api'
import type { Attributes } from '@opentelemetry/api'
import { frameOf } from '@proprio/api/runtime'

interface Annotated {
  readonly attributes: Readonly<Record<string, unknown>>
  setAttributes(attributes: Attributes): unknown
}

/** Adds the attributes of the blocks around, unless the record has brought them. */
export function addContext(record: Annotated, context: Context): void {
  const frame = frameOf(context)
  if (frame && record.attributes['proprio.type'] === undefined) record.setAttributes(frame.attributes)
}
