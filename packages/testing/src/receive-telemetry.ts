// Telemetry of other processes, in whichever language: received by OTLP/HTTP, and asked and expected of as that of a test.
import { Recording } from './recorder/index.ts'
import {
  type Command,
  type Ended,
  launchInto,
  type ProgramOptions,
  receiveInto,
  type Receiver,
  type ReceiverOptions,
} from './receiver/index.ts'
import { telemetryOf, type TestTelemetry } from './telemetry/index.ts'

/** A receiver, and what it has received. */
export interface TelemetryReceiver extends Receiver {
  /** Everything received so far, whoever sent it. A sender queues: wait for what is expected, or have it flush. */
  readonly telemetry: TestTelemetry
}

/** A program that has ended, and what it has sent. */
export interface Launched extends Ended {
  readonly telemetry: TestTelemetry
}

/**
 * Starts an OTLP/HTTP receiver (protobuf and JSON, plain and gzip) at 127.0.0.1, on a free port unless one is given. Set `environment` for the programs that
 * are to send to it; stop it with `stop()` or `await using`.
 */
export async function startReceiver(options?: ReceiverOptions): Promise<TelemetryReceiver> {
  const recording = new Recording()
  const receiver = await receiveInto(recording, options)
  return { ...receiver, telemetry: telemetryOf(recording) }
}

/**
 * Runs a program, its environment set so that it sends to a receiver of its own, and answers when it has ended and all that it has sent is taken, whatever its
 * exit code. A list is a program and its arguments, a text a line for the shell.
 * @throws Error when it cannot be started, or has not ended after `timeoutMs` (default 30,000): then it is ended first
 */
export async function launch(command: Command, options?: ProgramOptions): Promise<Launched> {
  const recording = new Recording()
  const ended = await launchInto(recording, command, options)
  return { ...ended, telemetry: telemetryOf(recording) }
}
