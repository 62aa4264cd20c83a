// Contract stage: one event type that is there in both, field by field. A new field of the description does not compile until it is said here what it promises.
import type { EventTypeDescription } from '@proprio/api'
import { compareAttributes } from './attributes.ts'
import { breaks, type ContractChange, differ, fits, type Found, foundAt, fromTo, type Pair } from './change.ts'
import { deprecated, summary } from './documented.ts'
import { compareMetrics } from './metrics.ts'

type EventTypePair = Pair<EventTypeDescription>

const fields = {
  type: () => [],
  layer: same('layer'),
  kind: same('kind'),
  name: same('name'),
  summary,
  // Either way: where it sinks an alert by level falls silent, and where it rises it wakes somebody.
  level: same('level'),
  span,
  // For people. Whoever looks for records looks for their event name and attributes.
  message: ({ was, now }) =>
    differ(was.message, now.message) ? [fits('changed', `its message ${fromTo(was.message, now.message)}`)] : [],
  onSpan: taken('onSpan', 'an event of the active span'),
  announce: taken('announce', 'announced by a record when it starts'),
  // Cold records are kept for audit: what is asked of them is asked after a long time.
  keep({ was, now }) {
    if (!differ(was.keep, now.keep)) return []
    const text = `keep ${fromTo(was.keep, now.keep)}`
    return [was.keep === 'cold' ? breaks('changed', text, "Keep it with keep: 'cold'.") : fits('changed', text)]
  },
  slow: ({ was, now }) => [...limit('warn', was.slow, now.slow), ...limit('error', was.slow, now.slow)],
  attributes: () => [],
  metrics: () => [],
  deprecated,
} satisfies Record<keyof EventTypeDescription, (pair: EventTypePair) => readonly Found[]>

type Compare = (pair: EventTypePair) => readonly Found[]

export function compareEventType(pair: EventTypePair): ContractChange[] {
  const { was, now, leaving } = pair
  // Of another kind it has other fields too: to tell of each is to tell it again.
  const finds = differ(was.kind, now.kind)
    ? fields.kind(pair)
    : Object.values<Compare>(fields).flatMap((compare) => compare(pair))
  return [
    ...foundAt(now.type, finds),
    ...compareAttributes(`${now.type} attribute`, was.attributes, now.attributes, leaving),
    ...compareMetrics(pair),
  ]
}

function same(field: 'layer' | 'kind' | 'name' | 'level'): Compare {
  return ({ was, now }) =>
    differ(was[field], now[field])
      ? [
          breaks(
            'changed',
            `its ${field} ${fromTo(was[field], now[field])}`,
            "Keep it as it was, with deprecated: { renamedTo: '…' }, for one more version, and add what is new as another event type.",
          ),
        ]
      : []
}

/** Spans are found, grouped and counted by their names, and service graphs drawn by their kinds. */
function span({ was, now }: EventTypePair): readonly Found[] {
  return (['names', 'kind'] as const)
    .filter((field) => differ(was.span?.[field], now.span?.[field]))
    .map((field) =>
      breaks(
        'changed',
        `its span's ${field} ${fromTo(was.span?.[field], now.span?.[field])}`,
        `Keep its span's ${field} as before: what tells spans apart can be an attribute.`,
      ),
    )
}

/** What more is emitted breaks nothing. */
function taken(field: 'onSpan' | 'announce', what: string): Compare {
  return ({ was, now }) => {
    if (was[field] === now[field]) return []
    if (now[field] === true) return [fits('changed', `is now ${what}`)]
    return [breaks('changed', `is no longer ${what}`, `Keep ${field} as it was.`)]
  }
}

type Limits = EventTypeDescription['slow']

/** Limits are tuned, and their alerts mean "too slow" before and after. Without one its alert never comes. */
function limit(which: 'warn' | 'error', was: Limits, now: Limits): readonly Found[] {
  const [before, after] = [was?.[which], now?.[which]]
  if (before === after) return []
  const text = `slow.${which} ${fromTo(before, after)} (seconds)`
  return [after === undefined ? breaks('changed', text, `Keep a limit for slow.${which}.`) : fits('changed', text)]
}
