// One command of the command line: seen, shown, and ended with an exit code instead of an exception.
import { loom } from '../catalogue.ts'

export type CommandName = Parameters<typeof loom.cli.command>[0]['command']

/** Where a command says how it goes. */
export interface Progress {
  started(command: string): void
  /** `milliseconds` since it started. */
  ended(
    command: string,
    outcome: { readonly exitCode: number; readonly summary: string; readonly milliseconds: number },
  ): void
}

export type CommandResult<T> =
  | { readonly exitCode: 0; readonly value: T }
  | { readonly exitCode: 1; readonly error: unknown }

/** What came of a command, and how to say it in a line. */
export interface Done<T> {
  readonly value: T
  readonly summary: string
}
export type Command<T> = () => Done<T> | Promise<Done<T>>

/** Runs a command. What it throws becomes exit code 1. */
export function runCommand<T>(name: CommandName, command: Command<T>, progress: Progress): Promise<CommandResult<T>> {
  progress.started(`loom ${name}`)
  const begun = performance.now()
  const ended = (exitCode: number, summary: string): void =>
    progress.ended(`loom ${name}`, { exitCode, summary, milliseconds: performance.now() - begun })
  return loom.cli.command({ command: name }, async (op): Promise<CommandResult<T>> => {
    try {
      const { value, summary } = await command()
      op.set({ exitCode: 0 })
      ended(0, summary)
      return { exitCode: 0, value }
    } catch (error) {
      op.set({ exitCode: 1 })
      op.fail(error)
      ended(1, error instanceof Error ? error.message : String(error))
      return { exitCode: 1, error }
    }
  })
}

/** The value of a command that the next ones cannot do without. Throws what it failed with. */
export function valueOf<T>(result: CommandResult<T>): T {
  if (result.exitCode === 0) return result.value
  throw result.error
}
