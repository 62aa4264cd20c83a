// Expectations stage: that nothing has failed, nothing is left open, and nothing is emitted that no catalogue knows.
import { describedCatalogue, knownCatalogues } from '../target/catalogues.ts'
import { errorText, errorsOf, eventsOf } from '../telemetry/index.ts'
import { nearest } from '../target/did-you-mean.ts'
import { blocks, plural, shownTraces } from './failure.ts'
import { openHint } from './hints.ts'
import type { Outcome } from './outcome.ts'
import { telemetrySubject } from './subject.ts'

export function haveNoErrors(subject: unknown): Outcome {
  const recording = telemetrySubject(subject)
  const errors = errorsOf(recording)
  return {
    pass: errors.length === 0,
    message: () =>
      errors.length === 0
        ? blocks('expected an error, and there is none', openHint(recording), shownTraces(recording))
        : blocks(
            `expected no error, and there ${errors.length === 1 ? 'is one' : `are ${errors.length}`}:\n${errors
              .map(({ type, error, message }) => `  ${type}: ${error ? errorText(error) : message}`)
              .join('\n')}`,
            shownTraces(
              recording,
              errors.flatMap(({ spanId }) => spanId ?? []),
            ),
          ),
  }
}

export function haveNoOpenSpans(subject: unknown): Outcome {
  const recording = telemetrySubject(subject)
  const { open } = recording
  return {
    pass: open.length === 0,
    message: () =>
      open.length === 0
        ? 'expected a span to be open, and there is none'
        : blocks(
            `expected no span to be open, and ${open.length === 1 ? 'one is' : `${open.length} are`}`,
            openHint(recording),
            shownTraces(
              recording,
              open.map(({ spanId }) => spanId),
            ),
          ),
  }
}

export function haveNoUnknownEvents(subject: unknown, ...catalogues: readonly unknown[]): Outcome {
  const recording = telemetrySubject(subject)
  const known = knownTypes(catalogues)
  const events = eventsOf(recording.logs, recording.spans)
  const emitted = [...recording.spans, ...events].map(({ attributes, spanId }) => ({
    type: attributes['proprio.type'],
    spanId,
  }))
  const unknown = emitted.filter(
    (one): one is { type: string; spanId: string | undefined } => typeof one.type === 'string' && !known.has(one.type),
  )
  const types = [...new Set(unknown.map(({ type }) => type))]
  const lines = types.map((type) => {
    const near = nearest(type, [...known])
    return `  ${type}${near === undefined ? '' : `; was ${near} meant?`}`
  })
  return {
    pass: types.length === 0,
    message: () =>
      types.length === 0
        ? 'expected an event type that no catalogue knows, and there is none'
        : blocks(
            `expected every event type to be of a catalogue, and ${plural(types.length, 'type')} ${types.length === 1 ? 'is' : 'are'} of none:\n${lines.join('\n')}`,
            shownTraces(
              recording,
              unknown.flatMap(({ spanId }) => spanId ?? []),
            ),
          ),
  }
}

function knownTypes(catalogues: readonly unknown[]): ReadonlySet<string> {
  const described = catalogues.length === 0 ? knownCatalogues() : catalogues.map((one) => describedCatalogue(one))
  return new Set(described.flatMap(({ eventTypes }) => eventTypes.map(({ type }) => type)))
}
