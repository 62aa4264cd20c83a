export { haveEvent, haveSpan } from './have.ts'
export type { Expected } from './have.ts'
export { haveNoErrors, haveNoOpenSpans } from './nothing-wrong.ts'
export type { Outcome } from './outcome.ts'
