// Read stage: following events as they come. Each follower has a bounded buffer of its own, filled while the event is
// written, so that a slow reader delays nobody; what the buffer gives up is told as a gap in its place.
// Written by hand, because an async generator that waits for the next event cannot be ended by `return()`.
import { plainStoredEvent } from '../event/plain.ts'
import { badValue, checkKeys, checkObject } from '../filter/check.ts'
import { compileFilter } from '../filter/compile.ts'
import type { Filter } from '../filter/filter.ts'
import { Ring } from './ring.ts'
import type { Followed, FollowOptions } from '../reader.ts'
import { replay } from './replay.ts'
import type { Entry, Source } from './source.ts'

const BUFFER = { default: 1_000, most: 100_000, bytes: 4 * 1024 * 1024 } as const

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined }

/** Follows the events of `source` that match. Throws a coded error for a wrong filter or option. */
export function follow(source: Source, filter?: Filter, options?: FollowOptions): AsyncIterableIterator<Followed> {
  return new Follower(source, filter, checkFollow(options))
}

class Follower implements AsyncIterableIterator<Followed> {
  readonly #most: number
  readonly #signal: AbortSignal | undefined
  readonly #past: AsyncGenerator<Followed, void> | undefined
  readonly #buffer = new Ring<Entry>()
  #bytes = 0
  #missed = 0
  #lastMissed = 0
  #seen = -Infinity
  #closed = false
  #stopped = false
  #unsubscribe = () => {}
  #wake = () => {}
  #turn: Promise<unknown> = Promise.resolve()

  constructor(source: Source, filter: Filter | undefined, { buffer, signal }: ReturnType<typeof checkFollow>) {
    const compiled = compileFilter(filter)
    const subscribe = () => {
      if (this.#stopped) return
      this.#unsubscribe = source.subscribe(
        (entry) => {
          if (compiled.matches(entry.event)) this.#offer(entry)
        },
        () => this.#close(),
      )
    }
    this.#most = buffer
    this.#signal = signal
    if (compiled.afterId === -Infinity) subscribe()
    else this.#past = replay(source, compiled, subscribe, (id) => (this.#seen = id))
    if (signal?.aborted === true) this.#stop()
    else signal?.addEventListener('abort', this.#stop, { once: true })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Followed, undefined>> {
    const turn = this.#turn.then(() => this.#step())
    this.#turn = turn.catch(() => this.#stop())
    return turn
  }

  async return(): Promise<IteratorResult<Followed, undefined>> {
    this.#stop()
    return DONE
  }

  async #step(): Promise<IteratorResult<Followed, undefined>> {
    const past = this.#stopped ? undefined : await this.#past?.next()
    if (past !== undefined && past.done !== true && !this.#stopped) return { done: false, value: past.value }
    for (;;) {
      if (this.#stopped) return DONE
      if (this.#missed > 0) return { done: false, value: this.#gap() }
      const entry = this.#take()
      if (entry !== undefined)
        return { done: false, value: { seq: entry.event.id, event: plainStoredEvent(entry.event) } }
      if (this.#closed) return DONE
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  #offer(entry: Entry): void {
    this.#buffer.push(entry)
    this.#bytes += entry.bytes ?? 0
    while (this.#buffer.length > this.#most || (this.#bytes > BUFFER.bytes && this.#buffer.length > 1)) {
      this.#lastMissed = this.#drop()?.event.id ?? this.#lastMissed
      this.#missed++
    }
    this.#wake()
  }

  /** The next entry that the past has not already shown. */
  #take(): Entry | undefined {
    let entry = this.#drop()
    while (entry !== undefined && entry.event.id <= this.#seen) entry = this.#drop()
    return entry
  }

  #drop(): Entry | undefined {
    const entry = this.#buffer.shift()
    this.#bytes -= entry?.bytes ?? 0
    return entry
  }

  #gap(): Followed {
    const missed = this.#missed
    this.#missed = 0
    return { seq: this.#lastMissed, gap: { missed } }
  }

  /** No more will come; what is buffered is still to be read. */
  #close(): void {
    this.#closed = true
    this.#wake()
  }

  readonly #stop = (): void => {
    this.#stopped = true
    this.#unsubscribe()
    this.#signal?.removeEventListener('abort', this.#stop)
    this.#buffer.clear()
    this.#wake()
  }
}

function checkFollow(options: FollowOptions = {}): { buffer: number; signal: AbortSignal | undefined } {
  checkObject(options, 'follow')
  checkKeys(options, ['buffer', 'signal'], 'follow')
  const { buffer = BUFFER.default, signal } = options
  if (Number.isInteger(buffer) && buffer >= 1 && buffer <= BUFFER.most) return { buffer, signal }
  throw badValue('follow.buffer', `is ${String(buffer)}`, `Give a whole number from 1 to ${BUFFER.most}.`)
}
