// Contract stage: one attribute that is there in both, field by field. A new field of the description does not compile until it is said here what it promises.
import type { AttributeDescription } from '@proprio/api'
import { breaks, differ, fits, type Found, fromTo, type Pair } from './change.ts'
import { deprecated, summary } from './documented.ts'

interface AttributePair extends Pair<AttributeDescription> {
  /** What has come beside it. */
  readonly added: readonly AttributeDescription[]
}

// Whoever stores, queries or sums the values takes the old ones and the new ones together.
const anotherKey =
  "Keep it as it was, with deprecated: { renamedTo: '…' }, for one more version, and add what is new under another key."

const fields = {
  key: () => [],
  name,
  kind: ({ was, now }) =>
    differ(was.kind, now.kind) ? [breaks('changed', `its kind ${fromTo(was.kind, now.kind)}`, anotherKey)] : [],
  summary,
  required({ was, now }) {
    if (was.required === now.required) return []
    if (was.required) return [fits('changed', 'is no longer required')]
    return [breaks('changed', 'became required: calls that do not give it no longer compile', 'Keep it optional.')]
  },
  // Where none was said nobody knew, and to say it tells them. The metric that it may make has always had one.
  unit({ was, now }) {
    if (!differ(was.unit, now.unit)) return []
    if (was.unit === undefined) return [fits('changed', `says its unit, ${now.unit}`)]
    return [breaks('changed', `its unit ${fromTo(was.unit, now.unit)}`, anotherKey)]
  },
  values,
  of: ({ was, now }) =>
    was.of !== undefined && now.of !== undefined && was.of !== now.of
      ? [breaks('changed', `what it is a list of ${fromTo(was.of, now.of)}`, anotherKey)]
      : [],
  dimension,
  sensitive,
  // Where none is given, something else is counted now.
  default({ was, now }) {
    if (!differ(was.default, now.default)) return []
    if (was.default === undefined) return [fits('changed', `has a default, ${JSON.stringify(now.default)}`)]
    return [
      breaks(
        'changed',
        `its default ${fromTo(was.default, now.default)}`,
        'Keep the default, and give the new value where it is meant.',
      ),
    ]
  },
  deprecated,
} satisfies Record<keyof AttributeDescription, (pair: AttributePair) => readonly Found[]>

export const compareAttribute = (pair: AttributePair): Found[] =>
  Object.values<(pair: AttributePair) => readonly Found[]>(fields).flatMap((compare) => compare(pair))

/** On the wire. It may pass to another key, which is deprecated in favour of this one: then both names are there for a while. */
function name({ was, now, added, leaving }: AttributePair): readonly Found[] {
  if (was.name === now.name) return []
  const text = `its name on the wire changed from ${was.name} to ${now.name}`
  const heir = added.find((other) => other.name === was.name && other.deprecated?.renamedTo === now.key)
  if (heir) return [fits('renamed', `${text}; ${heir.key} keeps the old one`)]
  if (leaving) return [fits('renamed', text)]
  const mend = `Give it name: '${was.name}'. Or keep that name for one more version under another key, with deprecated: { renamedTo: '${now.key}' }.`
  return [breaks('renamed', text, mend)]
}

/** Of a choice. Where it no longer is one, its kind says so. */
function values({ was, now }: AttributePair): readonly Found[] {
  if (!was.values || !now.values) return []
  const gone = new Set(was.values).difference(new Set(now.values))
  const come = new Set(now.values).difference(new Set(was.values))
  const narrowed = breaks(
    'changed',
    `its values lack ${listed(gone)}`,
    'Keep them in the list, also where nothing gives them any more.',
  )
  return [
    ...(gone.size > 0 ? [narrowed] : []),
    ...(come.size > 0 ? [fits('changed', `takes ${listed(come)} too`)] : []),
  ]
}

const listed = (of: ReadonlySet<string>): string => [...of].map((value) => JSON.stringify(value)).join(', ')

function dimension({ was, now, leaving }: AttributePair): readonly Found[] {
  if (!was.dimension && !now.dimension) return []
  if (!was.dimension) return [fits('changed', 'became a dimension of the metrics')]
  if (!now.dimension) {
    const text = 'is no longer a dimension: metrics cannot be grouped by it'
    return [leaving ? fits('changed', text) : breaks('changed', text, 'Keep its dimension on it.')]
  }
  const [before = Infinity, after = Infinity] = [was.dimension.atMost, now.dimension.atMost]
  if (after > before) return [fits('changed', `the bound of its dimension rose from ${before}`)]
  if (after === before) return []
  return [
    breaks(
      'changed',
      `the bound of its dimension fell to ${after}: series past it fold into _OTHER`,
      'Keep the bound where it was.',
    ),
  ]
}

function sensitive({ was, now }: AttributePair): readonly Found[] {
  if (!differ(was.sensitive, now.sensitive)) return []
  if (now.sensitive === undefined)
    return [
      breaks(
        'changed',
        `is no longer sensitive: it leaves in clear, and before with sensitive: '${was.sensitive}'`,
        'Keep it sensitive. Accept it only where nobody relied on that.',
      ),
    ]
  return [
    breaks(
      'changed',
      `sensitive ${fromTo(was.sensitive, now.sensitive)}: the values on the wire are others`,
      "Accept it where the values should never have left as they did. Else add a sensitive attribute under another key, and keep this one with deprecated: { renamedTo: '…' } for one more version.",
    ),
  ]
}
