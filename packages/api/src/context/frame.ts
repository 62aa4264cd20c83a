// Attributes that were said once for everything inside a block: carried in the OpenTelemetry context.
import { type Attributes, type Context, context, createContextKey } from '@opentelemetry/api'

/** What a block adds: to every span and log record inside, and per scope to its metrics. */
export interface Frame {
  readonly attributes: Attributes
  readonly dimensions: Readonly<Record<string, Attributes>>
}

// Looked up through Symbol.for, so that two copies of this package see one frame.
const frameKey = createContextKey('proprio.context')
const onSpanKey = createContextKey('proprio.offSpan')

export const frameOf = (from: Context): Frame | undefined => from.getValue(frameKey) as Frame | undefined

/** Runs `fn` with more attributes said. */
export function withFrame<R>(
  attributes: Attributes,
  scope: string | undefined,
  dimensions: Attributes,
  fn: () => R,
): R {
  const active = context.active()
  const outer = frameOf(active)
  const frame: Frame = {
    attributes: { ...outer?.attributes, ...attributes },
    dimensions:
      scope === undefined
        ? (outer?.dimensions ?? {})
        : { ...outer?.dimensions, [scope]: { ...outer?.dimensions[scope], ...dimensions } },
  }
  return context.with(active.setValue(frameKey, frame), fn)
}

/** Marks a record that must not become a span event. */
export const offSpan = (from: Context): Context => from.setValue(onSpanKey, true)
export const isOffSpan = (from: Context): boolean => from.getValue(onSpanKey) === true
