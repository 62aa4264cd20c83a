// Expectations stage: whether there is one with these attributes, or so many; and if not, which came nearest and in what it differs.
import type { Attributes } from '@proprio/store'
import type { Kind } from '../target/kinds.ts'
import { type Target, targetOf } from '../target/target.ts'
import { asked, differences, differing, meets, type Wanted, wantedAttributes } from './attributes.ts'
import { blocks, plural } from './failure.ts'
import type { Outcome } from './outcome.ts'

export interface Search<Entry> {
  readonly kind: Kind<Entry>
  readonly which: unknown
  readonly attributes: unknown
  readonly entries: readonly Entry[]
  /** Exactly so many; else at least one. */
  readonly count?: number
  /** What narrows the entries besides, for the message. */
  readonly also?: string
  /** What there is, with these marked. */
  shown(marked: readonly Entry[]): string
  /** What may be wrong when it is not there. */
  hints(target: Target<Entry>, wanted: Wanted): readonly string[]
}

export function find<Entry extends { readonly attributes: Attributes }>(search: Search<Entry>): Outcome {
  const { kind, which, attributes, entries, count, also = '' } = search
  const target = targetOf(which, kind)
  const wanted = wantedAttributes(attributes, target)
  const meant = entries.filter((entry) => target.is(entry))
  const found = meant.filter((entry) => meets(entry.attributes, wanted))
  const described = `${target.text}${also}${Object.keys(wanted).length === 0 ? '' : ' with these attributes'}`
  if (count === undefined ? found.length > 0 : found.length === count)
    return {
      pass: true,
      message: () =>
        blocks(
          count === undefined
            ? `expected no ${described}, and there is ${found.length === 1 ? 'one' : found.length}`
            : `expected other than ${count} of ${described}, and there are so many`,
          search.shown(found),
        ),
    }
  const nearest = meant
    .filter((entry) => !found.includes(entry))
    .toSorted((one, other) => differing(one.attributes, wanted).length - differing(other.attributes, wanted).length)[0]
  const isShort = found.length < (count ?? 1)
  return {
    pass: false,
    message: () =>
      blocks(
        count === undefined
          ? `expected ${kind.article} ${described}`
          : `expected ${plural(count, '').trim()} of ${described}, and there ${found.length === 1 ? 'is one' : `are ${found.length}`}`,
        isShort && nearest
          ? ['the nearest differs:', ...differences(nearest.attributes, wanted).map((line) => `  ${line}`)].join('\n')
          : undefined,
        isShort ? search.hints(target, wanted).filter(Boolean).join('\n') : undefined,
        search.shown(isShort && nearest ? [nearest] : found),
      ),
    ...(isShort && nearest && { actual: asked(nearest.attributes, wanted), expected: wanted }),
  }
}
