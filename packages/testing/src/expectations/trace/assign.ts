// Trace stage: which recorded child answers for which expected one. Each answers for one only; siblings come in any order unless `ordered`. Most tests
// expect children as they came, so each is looked for from where the one before was found, and only where that leads nowhere are earlier choices changed
// (Kuhn's algorithm for bipartite matching).
import type { TestNode } from '../../telemetry/index.ts'
import type { Compiled } from './compile.ts'

export interface Assigned {
  /** The recorded child of each expected one that has some, by slot. */
  readonly pairs: readonly (readonly [Compiled, TestNode])[]
  readonly missing: readonly Compiled[]
  /** Expected so many times, and there are more. */
  readonly tooMany: readonly Compiled[]
  /** Recorded and not asked for. */
  readonly left: readonly TestNode[]
}

interface AssignOptions {
  readonly ordered: boolean
  isLike(node: TestNode, expected: Compiled): boolean
}

export function assign(
  children: readonly TestNode[],
  expected: readonly Compiled[],
  { ordered, isLike }: AssignOptions,
): Assigned {
  const slots = expected.flatMap((one) => Array.from({ length: one.times ?? 1 }, () => one))
  const taken = ordered ? inOrder(children, slots, isLike) : inAnyOrder(children, slots, isLike)
  const owners = new Set(taken)
  const left = children.filter((_, index) => !owners.has(index))
  return {
    pairs: slots.flatMap((slot, index) => {
      const node = children[taken[index] ?? -1]
      return node ? [[slot, node] as const] : []
    }),
    missing: slots.filter((_, index) => taken[index] === undefined),
    tooMany: expected.filter((one) => one.times !== undefined && left.some((node) => isLike(node, one))),
    left,
  }
}

type IsLike = AssignOptions['isLike']
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
  const known = new Map<Compiled, Map<number, boolean>>()
  const fits = (slot: Compiled, index: number): boolean => {
    const answers = known.get(slot) ?? new Map<number, boolean>()
    known.set(slot, answers)
    const answer = answers.get(index) ?? isLike(children[index] as TestNode, slot)
    answers.set(index, answer)
    return answer
  }
  let next = 0
  const free = (slot: Compiled): number | undefined => {
    for (let step = 0; step < children.length; step++) {
      const index = (next + step) % children.length
      if (slotOf[index] === undefined && fits(slot, index)) return index
    }
    return undefined
  }
  const claim = (slot: number, seen: Set<number>): boolean => {
    for (let index = 0; index < children.length; index++) {
      if (seen.has(index) || !fits(slots[slot] as Compiled, index)) continue
      seen.add(index)
      const owner = slotOf[index]
      if (owner !== undefined && !claim(owner, seen)) continue
      slotOf[index] = slot
      taken[slot] = index
      return true
    }
    return false
  }
  slots.forEach((slot, number) => {
    const index = free(slot)
    if (index === undefined) return void claim(number, new Set())
    slotOf[index] = number
    taken[number] = index
    next = (index + 1) % children.length
  })
  return taken
}
