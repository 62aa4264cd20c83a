// Expectations stage: whether there is one with these attributes, or so many; and if not, which came nearest and in what it differs.
import type { Attributes } from '@proprio/store'
import { articled, type Target } from '../target/target.ts'
import { asked, differences, differing, meets, metAsTheyAre, type Wanted, wantedAttributes } from './attributes.ts'
import { are, blocks } from './failure.ts'
import { hints, sensitiveHint } from './hints.ts'
import type { Outcome } from './outcome.ts'

export interface Search<Entry> {
  readonly target: Target<Entry>
  readonly attributes: unknown
  readonly entries: readonly Entry[]
  /** Exactly so many; else at least one. */
  readonly count?: number
  /** What narrows the entries besides, for the message. */
  readonly also?: string
  /** What there is, with these marked. */
  shown(marked: readonly Entry[]): string
  /** What may be wrong when it is not there. */
  hints(wanted: Wanted): readonly string[]
}

export function find<Entry extends { readonly attributes: Attributes }>(search: Search<Entry>): Outcome {
  const { target, attributes, entries, count } = search
  const wanted = wantedAttributes(attributes, target)
  const meant = entries.filter((entry) => target.is(entry))
  const found = meant.filter((entry) => meets(entry.attributes, wanted))
  if (count === undefined ? found.length > 0 : found.length === count)
    return {
      pass: true,
      message: () =>
        blocks(`expected ${unwanted(search, wanted)}, and there ${are(found.length)}`, search.shown(found)),
    }
  const isShort = found.length < (count ?? 1)
  const nearest = isShort ? nearestOf(meant, wanted) : undefined
  return {
    pass: false,
    message: () =>
      blocks(
        count === undefined
          ? `expected ${articled(described(search, wanted))}`
          : `expected ${count === 0 ? 'no' : `exactly ${count === 1 ? 'one' : count}`} ${described(search, wanted, count)}, and there ${are(found.length)}`,
        nearest &&
          ['the nearest differs:', ...differences(nearest.attributes, wanted).map((line) => `  ${line}`)].join('\n'),
        isShort
          ? hints([...(nearest ? [sensitiveHint(target, nearest.attributes, wanted)] : []), ...search.hints(wanted)])
          : undefined,
        search.shown(nearest ? [nearest] : found),
      ),
    ...(nearest && {
      actual: asked(nearest.attributes, wanted),
      expected: metAsTheyAre(nearest.attributes, wanted),
    }),
  }
}

/** What was found, where it was not to be. */
function unwanted<Entry>(search: Search<Entry>, wanted: Wanted): string {
  const { count } = search
  if (count === undefined) return `no ${described(search, wanted)}`
  return count === 0
    ? articled(described(search, wanted))
    : `not exactly ${count === 1 ? 'one' : count} ${described(search, wanted, count)}`
}

function described<Entry>({ target, also = '' }: Search<Entry>, wanted: Wanted, count = 1): string {
  const whose = Object.keys(wanted).length === 0 ? '' : ' with these attributes'
  return `${count > 1 ? target.many : target.text}${also}${whose}`
}

function nearestOf<Entry extends { readonly attributes: Attributes }>(
  meant: readonly Entry[],
  wanted: Wanted,
): Entry | undefined {
  const others = meant.filter(({ attributes }) => !meets(attributes, wanted))
  const distance = ({ attributes }: Entry): number => differing(attributes, wanted).length
  return others.toSorted((one, other) => distance(one) - distance(other))[0]
}
