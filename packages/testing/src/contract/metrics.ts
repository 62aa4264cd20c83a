// Contract stage: the metrics of an event type. Dashboards and alert rules are written over their names, units and buckets.
import type { EventTypeDescription, MetricDescription } from '@proprio/api'
import { breaks, type ContractChange, differ, fits, type Found, foundAt, fromTo, type Pair } from './change.ts'
import { pairUp } from './pair-up.ts'

type Both = Omit<Pair<MetricDescription>, 'leaving'>

const another = 'Keep it as it was, and record what is new as another metric.'
const same =
  (field: keyof MetricDescription) =>
  ({ was, now }: Both): readonly Found[] =>
    differ(was[field], now[field]) ? [breaks('changed', `its ${field} ${fromTo(was[field], now[field])}`, another)] : []

const fields = {
  name: () => [],
  instrument: same('instrument'),
  unit: same('unit'),
  // Also where only more boundaries came: while both versions run, a sum by `le` counts the processes of one of them only.
  buckets: same('buckets'),
  // The event type's or the attribute's, and told there.
  summary: () => [],
  dimensions: () => [],
} satisfies Record<keyof MetricDescription, (both: Both) => readonly Found[]>

export function compareMetrics({ was, now, leaving }: Pair<EventTypeDescription>): ContractChange[] {
  const { stayed, removed, added } = pairUp(was.metrics, now.metrics, ({ name }) => name)
  return [
    ...removed.flatMap((gone) => foundAt(at(gone), [removal(gone, { was, now, leaving }, added)])),
    ...stayed.flatMap((pair) =>
      foundAt(
        at(pair.now),
        Object.values<(both: Both) => readonly Found[]>(fields).flatMap((compare) => compare(pair)),
      ),
    ),
    ...added.flatMap((come) => foundAt(at(come), [fits('added', `added: ${now.type} records it`)])),
  ]
}

const at = ({ name }: MetricDescription): string => `metric ${name}`

function removal(
  gone: MetricDescription,
  { was, now, leaving }: Pair<EventTypeDescription>,
  added: readonly MetricDescription[],
): Found {
  const text = `${was.type} no longer records it`
  const measured = gone === was.metrics[0] ? undefined : was.attributes.find(({ key }) => isMeasureOf(gone, was, key))
  if (leaving || measured?.deprecated) return fits('removed', text)
  if (measured) return breaks('removed', text, `Keep its measure on the attribute ${measured.key}.`)
  const heir = added.find(
    (one) => one === now.metrics[0] && one.unit === gone.unit && one.instrument === gone.instrument,
  )
  if (heir) return breaks('renamed', `${text}, but ${heir.name}`, `Give ${now.type} metric: '${gone.name}'.`)
  return breaks('removed', text, `Keep the kind, the metric and the unit of ${was.type} as they were.`)
}

// A description does not say which attribute a metric measures, but the one is named after the other: `<event type>.<snake_case key>`.
const isMeasureOf = ({ name }: MetricDescription, owner: EventTypeDescription, key: string): boolean =>
  withoutCase(name) === withoutCase(`${owner.name}.${key}`)
const withoutCase = (name: string): string => name.replaceAll('_', '').toLowerCase()
