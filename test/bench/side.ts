// One side of a benchmark, in a process of its own: globals, inlining and garbage of one side cannot touch the other.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a file under `sides/` exports. */
export interface SideModule {
  /** Once, before anything else. `endpoint` is that of an OTLP receiver. */
  setup(endpoint: string): Promise<void> | void
  /** The work, so often. May answer with the nanoseconds that count, where not all of it does. */
  run(times: number): Promise<number | void> | number | void
  /** After `run`: waits until everything has left the process. */
  settle?(): Promise<void>
}

export interface Timing {
  /** Wall time and CPU time of `times` runs, in nanoseconds each. */
  readonly wall: number
  readonly cpu: number
}

export interface Side {
  run(times: number): Promise<Timing>
  stop(): Promise<void>
}

interface Reply {
  readonly timing?: Timing
  readonly error?: string
}

const host = fileURLToPath(new URL('side-host.ts', import.meta.url))

/** Starts `sides/<name>.ts` and sets it up. */
export async function startSide(name: string, endpoint = ''): Promise<Side> {
  const child = fork(host, [name, endpoint], {
    execArgv: ['--expose-gc', '--conditions=@proprio/source'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  await reply(child, name)
  return {
    async run(times) {
      child.send({ times })
      const { timing } = await reply(child, name)
      if (!timing) throw new Error(`${name} gave no timing`)
      return timing
    },
    async stop() {
      child.kill()
      await exited
    },
  }
}

async function reply(child: ChildProcess, name: string): Promise<Reply> {
  const waiting = new AbortController()
  const ended = once(child, 'exit', waiting).then(() => ({ error: 'ended before it answered' }))
  const answered = once(child, 'message', waiting).then(([answer]) => answer as Reply)
  const answer = await Promise.race([answered, ended])
  waiting.abort()
  await Promise.allSettled([answered, ended])
  if (answer.error !== undefined) throw new Error(`${name}: ${answer.error}`)
  return answer
}
