// Memory stage: where entries lie, and who goes first when there is no room. Three queues in order of arrival: routine
// events, urgent ones (warn and above), and log records that are parts of operations. The oldest goes first, whatever its
// queue, except that urgent ones stay while they fill no more than the share that is kept for them.
import type { EvictionReason } from '../reader.ts'
import { Ring } from '../read/ring.ts'
import type { LaneName, MemoryEntry } from './entry.ts'

export interface LaneLimits {
  readonly maxEvents: number
  readonly maxBytes: number
  readonly warnShare: number
}

interface Lane {
  readonly entries: Ring<MemoryEntry>
  bytes: number
}

export class Lanes {
  readonly #limits: LaneLimits
  readonly #evicted: (entry: MemoryEntry, reason: EvictionReason) => void
  readonly #lanes: Readonly<Record<LaneName, Lane>> = { routine: emptyLane(), urgent: emptyLane(), parts: emptyLane() }

  /** `evicted` is told of each entry that goes. */
  constructor(limits: LaneLimits, evicted: (entry: MemoryEntry, reason: EvictionReason) => void) {
    this.#limits = limits
    this.#evicted = evicted
  }

  get bytes(): number {
    const { routine, urgent, parts } = this.#lanes
    return routine.bytes + urgent.bytes + parts.bytes
  }

  /** The entries of one lane, oldest first. */
  entries(name: LaneName): Ring<MemoryEntry> {
    return this.#lanes[name].entries
  }

  add(entry: MemoryEntry): void {
    const { routine, urgent, parts } = this.#lanes
    const { maxEvents, maxBytes } = this.#limits
    const lane = this.#lanes[entry.lane]
    lane.entries.push(entry)
    lane.bytes += entry.bytes
    if (parts.entries.length > maxEvents) this.#evict(parts, 'count')
    if (routine.entries.length + urgent.entries.length > maxEvents) this.#evictOldest([routine], 'count')
    while (this.bytes > maxBytes) this.#evictOldest([routine, parts], 'bytes')
  }

  clear(): void {
    for (const lane of Object.values(this.#lanes)) while (lane.entries.length > 0) this.#evict(lane, 'cleared')
  }

  /** Of `lanes`, and of the urgent when they are beyond their share or alone. */
  #evictOldest(lanes: readonly Lane[], reason: 'count' | 'bytes'): void {
    const { urgent } = this.#lanes
    const { maxEvents, maxBytes, warnShare } = this.#limits
    const filled = reason === 'count' ? urgent.entries.length / maxEvents : urgent.bytes / maxBytes
    let victim: Lane | undefined = filled > warnShare ? urgent : undefined
    for (const lane of lanes) if (oldestId(lane) < oldestId(victim)) victim = lane
    this.#evict(victim ?? urgent, reason)
  }

  #evict(lane: Lane, reason: EvictionReason): void {
    const entry = lane.entries.shift()
    if (entry === undefined) return
    lane.bytes -= entry.bytes
    this.#evicted(entry, reason)
  }
}

function emptyLane(): Lane {
  return { entries: new Ring(), bytes: 0 }
}

/** Infinity when it is empty. */
function oldestId(lane: Lane | undefined): number {
  return lane?.entries.at(0)?.event.id ?? Infinity
}
