// What may be a metric.
import { ProprioError } from '../errors.ts'
import { checkName } from './check-names.ts'
import type { CatalogueModel, EventTypeModel, InstrumentModel } from './model.ts'

export function checkInstruments(model: CatalogueModel): void {
  const seen = new Map<string, [path: string, instrument: InstrumentModel]>()
  for (const event of model.eventTypes) {
    const path = `${model.name}.${event.type}`
    for (const instrument of instrumentsOf(event)) {
      checkInstrument(path, instrument)
      const [otherPath, other] = seen.get(instrument.name) ?? []
      if (other && JSON.stringify({ ...other, summary: '' }) !== JSON.stringify({ ...instrument, summary: '' })) {
        throw new ProprioError(
          'PROPRIO_API_DUPLICATE_NAME',
          path,
          `the metric ${instrument.name} is ${otherPath}'s too, as another instrument, unit or buckets`,
          'Rename one of them, or define them alike.',
        )
      }
      seen.set(instrument.name, [path, instrument])
    }
  }
}

export const instrumentsOf = (event: EventTypeModel): InstrumentModel[] => [
  event.instrument,
  ...event.attributes.flatMap(({ measure }) => measure ?? []),
]

function checkInstrument(path: string, { name, unit }: InstrumentModel): void {
  checkName(path, name)
  if (name.split(/[._]/).includes('total')) {
    throw new ProprioError(
      'PROPRIO_API_BAD_NAME',
      path,
      `the metric ${name} has the word total`,
      'Leave it out: Prometheus adds `_total` itself.',
    )
  }
  if (typeof unit !== 'string' || unit === '') {
    throw new ProprioError(
      'PROPRIO_API_BAD_NAME',
      path,
      `the metric ${name} has no unit`,
      "Give a UCUM unit: 's', 'By', '{run}', or '1' for a ratio.",
    )
  }
}
