// Window stage: a window of time as a ring of slices. It moves by whole slices, so what it covers is the window and up to one slice more.

/** What a slice must be able to do. */
export interface Slice {
  clear(): void
}

export const slicesPerWindow = 6

export class Slices<Of extends Slice> {
  readonly #width: number
  readonly #make: () => Of
  readonly #ring: (Of | undefined)[] = []
  readonly #numbers: number[] = []

  constructor(windowMs: number, make: () => Of) {
    this.#width = windowMs / slicesPerWindow
    this.#make = make
  }

  /** The slice of that moment. A moment before those that are kept counts to the oldest: a clock may jump back. */
  at(now: number): Of {
    const number = Math.floor(now / this.#width)
    const place = ((number % (slicesPerWindow + 1)) + slicesPerWindow + 1) % (slicesPerWindow + 1)
    const known = this.#ring[place]
    if (known && this.#numbers[place] === number) return known
    const slice = known ?? this.#make()
    slice.clear()
    this.#ring[place] = slice
    this.#numbers[place] = number
    return slice
  }

  /** Those of the window that ends at that moment, oldest first. */
  within(now: number): readonly Of[] {
    const last = Math.floor(now / this.#width)
    const kept: (readonly [number: number, slice: Of])[] = []
    this.#ring.forEach((slice, place) => {
      const number = this.#numbers[place] ?? -1
      if (slice && number <= last && number >= last - slicesPerWindow) kept.push([number, slice])
    })
    return kept.toSorted(([one], [other]) => one - other).map(([, slice]) => slice)
  }
}
