// `@opentelemetry/core` as the bundled SDK parts see it; `bundle.ts` puts it in its place.
export * from '@opentelemetry/core'
export { cleanAttributes, maybeAddAttribute } from './attributes.ts'
