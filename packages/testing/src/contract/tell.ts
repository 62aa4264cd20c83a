// Contract stage: what a person reads about it, and what to do.
import type { CatalogueDescription } from '@proprio/api'
import type { ContractChange } from './change.ts'
import { recordAnew } from './update.ts'

export interface Compared {
  readonly path: string
  readonly committed: CatalogueDescription
  readonly now: CatalogueDescription
  readonly changes: readonly ContractChange[]
}

export const tellMissing = (path: string, { name }: CatalogueDescription): string =>
  `${path}, the contract of ${name}, is not there. ${writeAndCommit}`

export const tellGrown = ({ path, now, changes }: Compared): string =>
  [
    `the contract of ${now.name} has changed in ways that break nothing, and ${path} does not say so yet:`,
    brief(changes),
    writeAndCommit,
  ].join('\n\n')

const writeAndCommit = 'Run the tests outside CI, which writes the file, and commit it.'

export function tellBroken({ path, committed, now, changes }: Compared): string {
  const breaking = changes.filter((change) => change.breaking)
  const others = changes.filter((change) => !change.breaking)
  return [
    `the contract of ${committed.name} in ${path} is broken by ${counted(breaking.length, 'change')}:`,
    ...breaking.map(({ at, text, mend }) => `  ${at}: ${text}\n    ${mend}`),
    ...(others.length > 0
      ? [`${counted(others.length, 'other')} ${others.length === 1 ? 'breaks' : 'break'} nothing:\n${brief(others)}`]
      : []),
    howToAccept(committed.version, now.version),
  ].join('\n\n')
}

/** For an assertion that was negated. */
export const tellKept = (path: string, { name }: CatalogueDescription, done: string): string =>
  `expected the contract of ${name} in ${path} to be broken, and it is not: ${done}`

const brief = (changes: readonly ContractChange[]): string =>
  changes.map(({ at, text }) => `  ${at}: ${text}`).join('\n')

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

function howToAccept(was: string, now: string): string {
  return saysBreak(was, now)
    ? `The version went from ${was} to ${now}, which says that something breaks. If this is what breaks, record the contract anew: ${recordAnew}.`
    : `To accept it, raise the catalogue's version, which is ${now}, to a new major one and record the contract anew: ${recordAnew}. What was never released breaks nobody, and needs the recording only.`
}

/** A higher major version, or below 1 a higher minor one, which is what it means there. */
function saysBreak(was: string, now: string): boolean {
  const [major = 0, minor = 0] = was.split('.').map(Number)
  const [newMajor = 0, newMinor = 0] = now.split('.').map(Number)
  return newMajor > major || (major === 0 && newMinor > minor)
}
