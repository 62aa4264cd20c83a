// Coverage stage: figures as people read them: a block for each catalogue, its gaps below it.
import type { CatalogueFigure, EventTypeFigure, Figures, Reach } from './figures.ts'

/** How a part of the text is shown where there are colours. */
export type Paint = (as: 'good' | 'bad' | 'strong' | 'faint', text: string) => string

const plain: Paint = (_as, text) => text

export interface TextOptions {
  readonly floor?: number | undefined
  readonly paint?: Paint
}

export function coverageText({ catalogues, leftOut }: Figures, { floor, paint = plain }: TextOptions = {}): string {
  const blocks = catalogues.map((catalogue) => catalogueText(catalogue, floor, paint))
  return [
    ...(blocks.length > 0 ? blocks : ['no catalogue is known, and so no event type']),
    ...(leftOut.length > 0
      ? [paint('faint', `not counted unless the option catalogues names them: ${leftOut.join(', ')}`)]
      : []),
  ].join('\n\n')
}

const gaps = ['never emitted', 'only failing'] as const satisfies readonly Reach[]

function catalogueText(catalogue: CatalogueFigure, floor: number | undefined, paint: Paint): string {
  const { eventTypes } = catalogue
  const width = Math.max(...eventTypes.map(({ type }) => type.length))
  return [
    headOf(catalogue, floor, paint),
    ...gaps.flatMap((gap) =>
      eventTypes
        .filter(({ reach }) => reach === gap)
        .map(
          (one, index) =>
            `  ${index === 0 ? paint('bad', gap.padEnd(column)) : ' '.repeat(column)}${rowOf(one, width, paint)}`,
        ),
    ),
    ...neverFailed(eventTypes, paint),
  ].join('\n')
}

const column = 15

const rowOf = ({ type, kind, outsideOfTests }: EventTypeFigure, width: number, paint: Paint): string =>
  `${type.padEnd(width)}  ${paint('faint', outsideOfTests ? `${kind}, outside of tests only` : kind)}`

function headOf(
  { name, version, share, eventTypes }: CatalogueFigure,
  floor: number | undefined,
  paint: Paint,
): string {
  const emitted = eventTypes.filter(({ reach }) => reach === 'emitted').length
  const isBelow = floor !== undefined && share < floor
  const share_ = paint(isBelow ? 'bad' : 'good', percent(share))
  const against = floor === undefined ? '' : `, floor ${percent(floor)}`
  return `${paint('strong', `${name} ${version}`)}  ${share_}  ${emitted} of ${eventTypes.length} event types emitted${against}`
}

/** Told and not counted: whether an operation can fail at all is not in its catalogue. */
function neverFailed(eventTypes: readonly EventTypeFigure[], paint: Paint): readonly string[] {
  const types = eventTypes.filter((one) => one.neverFailed).map(({ type }) => type)
  return types.length === 0 ? [] : [`  ${paint('faint', `${'never failed'.padEnd(column)}${types.join(', ')}`)}`]
}

/** Rounded down, so that 100% is all of them. */
export const percent = (share: number): string => `${Math.floor(share * 1000 + 1e-6) / 10}%`
