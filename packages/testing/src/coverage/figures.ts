// Coverage stage: what was emitted held against what could have been.
import { nearest } from '../target/did-you-mean.ts'
import type { KnownEventType } from './catalogues.ts'
import type { CoverageOptions } from './options.ts'
import { type SeenCatalogue, type SeenEventType, together, type Witness } from './witness.ts'

export interface Figures {
  readonly catalogues: readonly CatalogueFigure[]
  /** Known and, with nothing named, not counted: `acme 1.2.0`. */
  readonly leftOut: readonly string[]
  /** What the options name and nobody knows, a sentence each. */
  readonly mistakes: readonly string[]
}

export interface CatalogueFigure {
  readonly name: string
  readonly version: string
  /** Of the event types, how many were emitted in good form: from 0 to 1, and 1 where none count. */
  readonly share: number
  readonly eventTypes: readonly EventTypeFigure[]
}

export interface EventTypeFigure {
  readonly type: string
  readonly kind: KnownEventType['kind']
  readonly reach: Reach
  /** Emitted only outside of tests. */
  readonly outsideOfTests: boolean
  /** An operation that has succeeded and never failed. */
  readonly neverFailed: boolean
}

export type Reach = 'never emitted' | 'only failing' | 'emitted'

/** @param isOurs whether a catalogue made in that file is of the project under test */
export function figuresOf(
  witnesses: readonly Witness[],
  { catalogues: named, ignore = [] }: CoverageOptions,
  isOurs: (madeIn: string) => boolean,
): Figures {
  const known = together(witnesses)
  // One that was made before anybody looked is ours, too: what is told of too much is seen and named.
  const counts = ({ name, madeIn }: SeenCatalogue): boolean =>
    named ? named.includes(name) : madeIn.length === 0 || madeIn.some(isOurs)
  return {
    catalogues: known.filter(counts).map((catalogue) => figureOf(catalogue, ignore)),
    leftOut: named
      ? []
      : known.filter((catalogue) => !counts(catalogue)).map(({ name, version }) => `${name} ${version}`),
    mistakes: [...unknownNames(named ?? [], known), ...unknownPatterns(ignore, known)],
  }
}

function figureOf({ name, version, eventTypes }: SeenCatalogue, ignore: readonly string[]): CatalogueFigure {
  const counted = eventTypes.filter(({ type }) => !ignore.some((pattern) => isMeant(pattern, name, type))).map(reached)
  const emitted = counted.filter(({ reach }) => reach === 'emitted').length
  return { name, version, share: counted.length === 0 ? 1 : emitted / counted.length, eventTypes: counted }
}

const reached = ({ type, kind, succeeded, failed, outsideOfTests }: SeenEventType): EventTypeFigure => ({
  type,
  kind,
  reach: succeeded ? 'emitted' : failed ? 'only failing' : 'never emitted',
  outsideOfTests: outsideOfTests && !succeeded && !failed,
  neverFailed: kind === 'operation' && succeeded && !failed,
})

/** Whether an entry of `ignore` means that event type. */
function isMeant(pattern: string, catalogue: string, type: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
  const expression = new RegExp(`^${parts.join('.*')}$`)
  return expression.test(type) || expression.test(`${catalogue}.${type}`)
}

function unknownNames(named: readonly string[], known: readonly SeenCatalogue[]): readonly string[] {
  const names = [...new Set(known.map(({ name }) => name))]
  return named
    .filter((name) => !names.includes(name))
    .map(
      (name) =>
        `catalogues: there is no ${name}${guess(name, names)} The tests have made or imported ${names.join(', ') || 'none'}`,
    )
}

function unknownPatterns(ignore: readonly string[], known: readonly SeenCatalogue[]): readonly string[] {
  const all = known.flatMap(({ name, eventTypes }) => eventTypes.map(({ type }) => ({ name, type })))
  return ignore
    .filter((pattern) => !all.some(({ name, type }) => isMeant(pattern, name, type)))
    .map(
      (pattern) =>
        `ignore: ${pattern} is no event type${guess(
          pattern,
          all.map(({ type }) => type),
        )} The tests have made or imported ${known.map(({ name }) => name).join(', ') || 'none'}`,
    )
}

function guess(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  return near === undefined ? '.' : `; was ${near} meant?`
}
