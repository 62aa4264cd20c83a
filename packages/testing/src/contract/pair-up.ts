// Contract stage: what is there in both, what has gone and what has come, found by what it is called.

export interface PairedUp<One> {
  readonly stayed: readonly { readonly was: One; readonly now: One }[]
  readonly removed: readonly One[]
  readonly added: readonly One[]
}

export function pairUp<One>(was: readonly One[], now: readonly One[], nameOf: (one: One) => string): PairedUp<One> {
  const before = new Map(was.map((one) => [nameOf(one), one]))
  const after = new Map(now.map((one) => [nameOf(one), one]))
  return {
    stayed: was.flatMap((one) => {
      const other = after.get(nameOf(one))
      return other === undefined ? [] : [{ was: one, now: other }]
    }),
    removed: was.filter((one) => !after.has(nameOf(one))),
    added: now.filter((one) => !before.has(nameOf(one))),
  }
}
