// Trace stage: which recorded child answers for which expected one. Each answers for one only; siblings come in any order unless `ordered`. Most tests
// expect children as they came, so each is looked for from where the one before was found, and only where that leads nowhere are earlier choices changed
// (augmenting paths of a bipartite matching).
import type { TestNode } from '../../telemetry/index.ts'
import type { Compiled } from './compile.ts'

export interface Assigned {
  /** Each expected child, as often as it is, and the recorded one that answers for it. */
  readonly slots: readonly (readonly [Compiled, TestNode | undefined])[]
  readonly missing: readonly Compiled[]
  /** Expected so many times, and there are more. */
  readonly tooMany: readonly Compiled[]
  /** Recorded and not asked for. */
  readonly left: readonly TestNode[]
}

export type IsLike = (node: TestNode, expected: Compiled) => boolean

interface AssignOptions {
  readonly ordered: boolean
  readonly isLike: IsLike
}

export function assign(
  children: readonly TestNode[],
  expected: readonly Compiled[],
  { ordered, isLike }: AssignOptions,
): Assigned {
  // One more than there are children is missing as surely as a billion.
  const slots = expected.flatMap((one) =>
    Array.from({ length: Math.min(one.times ?? 1, children.length + 1) }, () => one),
  )
  const taken = ordered ? inOrder(children, slots, isLike) : inAnyOrder(children, slots, isLike)
  const owners = new Set(taken)
  return {
    slots: slots.map((slot, index) => [slot, children[taken[index] ?? -1]] as const),
    missing: slots.filter((_, index) => taken[index] === undefined),
    tooMany: expected.filter((one) => one.times !== undefined && timesOf(one, children, isLike) > one.times),
    left: children.filter((_, index) => !owners.has(index)),
  }
}

/** How often there is such a child, whichever expected one it answers for. */
export const timesOf = (expected: Compiled, children: readonly TestNode[], isLike: IsLike): number =>
  children.reduce((times, node) => (isLike(node, expected) ? times + 1 : times), 0)

/** Of each slot the index of its child. */
type Taken = (number | undefined)[]

function inOrder(children: readonly TestNode[], slots: readonly Compiled[], isLike: IsLike): Taken {
  let next = 0
  return slots.map((slot) => {
    for (let index = next; index < children.length; index++) {
      if (!isLike(children[index] as TestNode, slot)) continue
      next = index + 1
      return index
    }
    return undefined
  })
}

function inAnyOrder(children: readonly TestNode[], slots: readonly Compiled[], isLike: IsLike): Taken {
  const taken: Taken = []
  const slotOf: (number | undefined)[] = []
  const fits = (slot: number, index: number): boolean => isLike(children[index] as TestNode, slots[slot] as Compiled)
  const take = (slot: number, index: number): void => {
    slotOf[index] = slot
    taken[slot] = index
  }
  let next = 0
  const free = (slot: number): number | undefined => {
    for (let step = 0; step < children.length; step++) {
      const index = (next + step) % children.length
      if (slotOf[index] === undefined && fits(slot, index)) return index
    }
    return undefined
  }
  // Breadth first over slots whose child the one before could have, to one that can have a free child: then each takes what the next one had.
  const claim = (slot: number): void => {
    const wantedBy = new Map<number, number>()
    const asking = [slot]
    for (const asked of asking) {
      for (let index = 0; index < children.length; index++) {
        if (wantedBy.has(index) || !fits(asked, index)) continue
        wantedBy.set(index, asked)
        const owner = slotOf[index]
        if (owner === undefined) return passOn(index)
        asking.push(owner)
      }
    }
    function passOn(last: number): void {
      for (let index: number | undefined = last; index !== undefined;) {
        const taker: number = wantedBy.get(index) ?? slot
        const former: number | undefined = taken[taker]
        take(taker, index)
        index = taker === slot ? undefined : former
      }
    }
  }
  for (const slot of slots.keys()) {
    const index = free(slot)
    if (index === undefined) claim(slot)
    else {
      take(slot, index)
      next = (index + 1) % children.length
    }
  }
  return taken
}
