// Launch stage: a program run with a receiver of its own, so that what is received is what this program has sent.
import { withoutExporter } from './environment.ts'
import { type Command, PROGRAM_DEFAULTS, type ProgramOptions, type Ran, run } from './program.ts'
import { receiveInto } from './receiver.ts'
import type { Rejected } from './rejections.ts'
import type { Sink } from './sink.ts'

/** How a program ended. */
export interface Ended extends Omit<Ran, 'late'> {
  /** What it sent that could not be taken. */
  readonly rejected: Rejected
}

// What an ended program has sent lies in the sockets; what it left running may keep them open.
const DRAIN_MS = 1_000
const TAIL = 2_000

/**
 * Runs a program whose telemetry goes to `sink`, and resolves when it has ended, its output is closed and everything it has sent is taken, whatever its exit
 * code. Rejects when it cannot be started, and when it runs too long: then it is ended first, and what it starts with it.
 */
export async function launchInto(sink: Sink, command: Command, options: ProgramOptions = {}): Promise<Ended> {
  const sent = { spans: 0, logs: 0 }
  const counting: Sink = {
    ended(span) {
      sent.spans++
      sink.ended(span)
    },
    log(record) {
      sent.logs++
      sink.log(record)
    },
    measured: (series) => sink.measured(series),
  }
  await using receiver = await receiveInto(counting)
  const env = { ...withoutExporter(process.env), ...receiver.environment, ...options.env }
  const { late, ...ran } = await run(command, { ...options, env })
  await receiver.drained(DRAIN_MS)
  const ended = { ...ran, rejected: receiver.rejected() }
  if (late) throw tooLate(command, options, ended, sent)
  return ended
}

function tooLate(
  command: Command,
  { timeoutMs = PROGRAM_DEFAULTS.timeoutMs }: ProgramOptions,
  { stdout, stderr, rejected }: Ended,
  { spans, logs }: { spans: number; logs: number },
): Error {
  const line = typeof command === 'string' ? command : command.join(' ')
  return new Error(
    [
      `launch: \`${line}\` had not ended after ${timeoutMs} ms, or had left its output open, and was ended.`,
      `It had sent ${spans} spans and ${logs} log records.`,
      ...rejected.problems,
      `stdout: ${tail(stdout)}`,
      `stderr: ${tail(stderr)}`,
    ].join('\n'),
  )
}

const tail = (text: string): string => (text.length > TAIL ? `…${text.slice(-TAIL)}` : text || '(nothing)')
