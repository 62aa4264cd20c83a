// Coverage stage: what may be asked of it. What is misspelt is said at once, and not passed over.
import { inspect } from 'node:util'
import { didYouMean } from '../target/did-you-mean.ts'

export interface CoverageOptions {
  /** Names of the catalogues that count. Default all that the tests know, but for those made in `node_modules`. */
  readonly catalogues?: readonly string[]
  /** Event types that do not count: `workflow.run`, or `flow.workflow.run` for that of one catalogue; `*` stands for anything, `llm.*`. */
  readonly ignore?: readonly string[]
}

export interface FloorOptions {
  /** The least share, from 0 to 1, of each catalogue's event types that tests are to emit. */
  readonly floor?: number
}

type Check = (value: unknown) => string | undefined

const names: Check = (value) =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '') ? undefined : 'a list of names'

const checks = {
  floor: (value) =>
    typeof value === 'number' && value >= 0 && value <= 1
      ? undefined
      : 'a share from 0 to 1, such as 0.9 for nine event types of ten',
  catalogues: (value) => names(value) && "a list of names, such as ['flow']",
  ignore: (value) => names(value) && "a list of event types or patterns, such as ['workflow.run', 'llm.*']",
} as const satisfies Record<keyof (CoverageOptions & FloorOptions), Check>

type OptionName = keyof typeof checks

/** @throws TypeError that says what is wrong with them, and what to give */
export function checkOptions(options: unknown, whose: string, allowed: readonly OptionName[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError(`${whose}: the options are ${shown(options)}. Give an object with ${listed(allowed)}`)
  for (const [name, value] of Object.entries(options)) {
    const known = allowed.find((one) => one === name)
    if (known === undefined)
      throw new TypeError(
        `${whose}: there is no option ${name}.${didYouMean(name, allowed)} There are ${listed(allowed)}`,
      )
    const wanted = value === undefined ? undefined : checks[known](value)
    if (wanted !== undefined) throw new TypeError(`${whose}: ${name} is ${shown(value)}. Give ${wanted}`)
  }
}

const listed = (all: readonly string[]): string =>
  all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`

const shown = (value: unknown): string => inspect(value, { depth: 1, breakLength: Infinity })
