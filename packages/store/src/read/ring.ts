// A queue that forgets nothing by itself: first in, first out, both ends and any place in constant time. A circle of slots
// that doubles when it is full, because Array.shift moves every element of a long array.
export class Ring<T> {
  #slots: (T | undefined)[] = Array.from({ length: 16 }, () => undefined)
  #first = 0
  #length = 0
  #taken = 0

  /** How many were ever taken: the oldest of those here is the `taken`-th that came. */
  get taken(): number {
    return this.#taken
  }

  get length(): number {
    return this.#length
  }

  push(item: T): void {
    if (this.#length === this.#slots.length) this.#grow()
    this.#slots[(this.#first + this.#length) & (this.#slots.length - 1)] = item
    this.#length++
  }

  /** Takes the oldest. */
  shift(): T | undefined {
    if (this.#length === 0) return undefined
    const item = this.#slots[this.#first]
    this.#slots[this.#first] = undefined
    this.#first = (this.#first + 1) & (this.#slots.length - 1)
    this.#length--
    this.#taken++
    return item
  }

  /** The oldest is at 0. */
  at(index: number): T | undefined {
    return index >= 0 && index < this.#length
      ? this.#slots[(this.#first + index) & (this.#slots.length - 1)]
      : undefined
  }

  clear(): void {
    this.#slots = Array.from({ length: 16 }, () => undefined)
    this.#taken += this.#length
    this.#first = 0
    this.#length = 0
  }

  #grow(): void {
    const items = Array.from({ length: this.#slots.length * 2 }, (_, index) => this.at(index))
    this.#slots = items
    this.#first = 0
  }
}
