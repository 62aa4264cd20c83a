// How the work goes, a line a command.
import type { Progress } from '../cli/command.ts'
import { duration } from './format.ts'
import { fit, type Terminal } from './terminal.ts'

const nameWidth = 19

export function showProgress(terminal: Terminal): Progress {
  const { paint, width } = terminal
  return {
    started: (command) => terminal.passing(`… ${command}`),
    ended(command, { exitCode, summary, milliseconds }) {
      const mark = exitCode === 0 ? paint('green', '✔') : paint('red', '✗')
      const took = duration(milliseconds).padStart(7)
      const room = width - nameWidth - took.length - 4
      terminal.line(`${mark} ${command.padEnd(nameWidth)}${paint('dim', took)}  ${fit(summary, Math.max(1, room))}`)
    },
  }
}
