// Contract stage: what attributes and event types have in common, which is how they are documented and how they leave.
import { breaks, differ, fits, type Found } from './change.ts'

interface Documented {
  readonly kind: string
  readonly summary: string
  readonly deprecated?: { readonly renamedTo: string }
}

interface Both {
  readonly was: Documented
  readonly now: Documented
}

/** People read it, and what is generated from it is generated anew. */
export const summary = ({ was, now }: Both): readonly Found[] =>
  differ(was.summary, now.summary) ? [fits('changed', 'its summary changed')] : []

/** To announce an end breaks nothing, nor does to take it back. */
export function deprecated({ was, now }: Both): readonly Found[] {
  if (!differ(was.deprecated, now.deprecated)) return []
  if (!now.deprecated) return [fits('changed', 'is no longer deprecated')]
  return [fits('deprecated', `deprecated, in favour of ${now.deprecated.renamedTo}`)]
}

/** One that is gone; `added` are those among which it may have got another name. */
export function removal<One extends Documented>(
  gone: One,
  added: readonly One[],
  nameOf: (one: One) => string,
  leaving = false,
): Found {
  if (gone.deprecated) return fits('removed', `removed, as announced, in favour of ${gone.deprecated.renamedTo}`)
  if (leaving) return fits('removed', 'removed from an event type that is deprecated')
  const alike = added.find(({ kind, summary }) => kind === gone.kind && summary === gone.summary)
  if (!alike) return breaks('removed', 'removed', "Keep it, with deprecated: { renamedTo: '…' }, for one more version.")
  const [from, to] = [nameOf(gone), nameOf(alike)]
  return breaks(
    'renamed',
    `removed, or renamed from ${from} to ${to}?`,
    `Keep ${from} beside ${to}, with deprecated: { renamedTo: '${to}' }, for one more version.`,
  )
}
