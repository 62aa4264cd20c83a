// Memory stage: the lanes read as one, in order of arrival. Places are counted from the first entry that ever came, so
// that a scan keeps its place while entries are added and evicted.
import type { Ring } from '../read/ring.ts'
import type { Scan } from '../read/source.ts'
import type { LaneName, MemoryEntry } from './entry.ts'
import type { Lanes } from './lanes.ts'

/** Which lanes can hold the rows. */
const LANES_OF = {
  events: ['routine', 'urgent'],
  spans: ['routine', 'urgent'],
  logs: ['routine', 'urgent', 'parts'],
} as const satisfies Record<Scan['rows'], readonly LaneName[]>

export function* scanLanes(lanes: Lanes, { rows, order, beyond }: Scan): Generator<MemoryEntry, void> {
  const step = order === 'oldest' ? 1 : -1
  const heads = LANES_OF[rows].map((name) => new Head(lanes.entries(name), step, beyond))
  for (;;) {
    let next: Head | undefined
    for (const head of heads) if (head.id * step < (next?.id ?? step * Infinity) * step) next = head
    const entry = next?.take()
    if (entry === undefined) return
    if (rows === 'events' || entry[rows === 'spans' ? 'span' : 'log'] !== undefined) yield entry
  }
}

/** One lane's next entry. */
class Head {
  readonly #entries: Ring<MemoryEntry>
  readonly #step: 1 | -1
  #place: number

  constructor(entries: Ring<MemoryEntry>, step: 1 | -1, beyond: number = step === 1 ? -Infinity : Infinity) {
    this.#entries = entries
    this.#step = step
    const after = countUpTo(entries, beyond)
    const start = step === 1 ? after : after - 1 - (entries.at(after - 1)?.event.id === beyond ? 1 : 0)
    this.#place = entries.taken + start
  }

  /** Of the entry that `take` would give; beyond every id when there is none. */
  get id(): number {
    return this.#peek()?.event.id ?? this.#step * Infinity
  }

  take(): MemoryEntry | undefined {
    const entry = this.#peek()
    this.#place += this.#step
    return entry
  }

  #peek(): MemoryEntry | undefined {
    // What was evicted since is skipped.
    if (this.#step === 1 && this.#place < this.#entries.taken) this.#place = this.#entries.taken
    return this.#entries.at(this.#place - this.#entries.taken)
  }
}

/** How many entries have an id up to this one; by halving, as ids only grow. */
function countUpTo(entries: Ring<MemoryEntry>, id: number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((entries.at(middle)?.event.id ?? Infinity) <= id) low = middle + 1
    else high = middle
  }
  return low
}
