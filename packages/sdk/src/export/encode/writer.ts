// The arena that records are encoded into: one growing array of bytes and a position, so that encoding a record
// allocates nothing of its own. A length is written after what it measures: one byte is kept free for it, and the
// content moves up in the rarer case that it needs more.

/** Thrown when a record would not fit into the writer's limit. */
export class TooLarge extends Error {}

/** Strings up to this length are copied by a loop, longer ones by Node: a call into it costs about as much. */
const loopLength = 40
const twoTo32 = 4_294_967_296

export class Writer {
  bytes: Buffer
  at = 0
  readonly limit: number
  #view: DataView
  #seconds = -1
  #low = 0
  #high = 0

  /** @param limit the most bytes that the arena may grow to. */
  constructor(size: number, limit: number) {
    this.limit = limit
    this.bytes = Buffer.allocUnsafeSlow(Math.min(size, limit))
    this.#view = new DataView(this.bytes.buffer)
  }

  /** Makes room for so many more bytes. @throws TooLarge */
  reserve(more: number): void {
    if (this.at + more > this.bytes.length) this.#grow(this.at + more)
  }

  byte(value: number): void {
    this.reserve(1)
    this.bytes[this.at++] = value
  }

  /** An integer from 0 to 2^63 as a varint. */
  varint(value: number): void {
    this.reserve(10)
    let rest = value
    while (rest > 0x7f_ff_ff_ff) {
      this.bytes[this.at++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    while (rest > 127) {
      this.bytes[this.at++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.bytes[this.at++] = rest
  }

  /** A negative integer from -2^63 as the ten bytes of its two's complement. */
  negative(value: number): void {
    this.reserve(10)
    let rest = BigInt.asUintN(64, BigInt(value))
    for (let index = 0; index < 9; index++) {
      this.bytes[this.at++] = Number(rest & 127n) | 128
      rest >>= 7n
    }
    this.bytes[this.at++] = Number(rest)
  }

  double(value: number): void {
    this.reserve(8)
    this.#view.setFloat64(this.at, value, true)
    this.at += 8
  }

  fixed32(value: number): void {
    this.reserve(4)
    this.#view.setUint32(this.at, value, true)
    this.at += 4
  }

  /**
   * A time as nanoseconds since 1970, 64 bits. The seconds are multiplied once and kept: they seldom change.
   * @throws TypeError when it is no time.
   */
  time(time: readonly [number, number]): void {
    const seconds = time[0]
    const nanoseconds = time[1]
    if (!(seconds >= 0 && seconds < 1.8e10 && nanoseconds >= 0 && nanoseconds < twoTo32)) throw new TypeError('no time')
    if (seconds !== this.#seconds) {
      const product = BigInt(Math.trunc(seconds)) * 1_000_000_000n
      this.#low = Number(product & 0xff_ff_ff_ffn)
      this.#high = Number(product >> 32n)
      this.#seconds = seconds
    }
    const low = this.#low + Math.trunc(nanoseconds)
    this.reserve(8)
    this.#view.setUint32(this.at, low, true)
    this.#view.setUint32(this.at + 4, low < twoTo32 ? this.#high : this.#high + 1, true)
    this.at += 8
  }

  /** An id of that many bytes from its hex digits, with its length. @throws TypeError when it is no such id. */
  id(hex: string, length: number): void {
    if (typeof hex !== 'string' || hex.length !== length * 2) throw new TypeError('no id')
    this.reserve(length + 1)
    this.bytes[this.at++] = length
    for (let index = 0; index < hex.length; index += 2) {
      const high = digit[hex.charCodeAt(index)]
      const low = digit[hex.charCodeAt(index + 1)]
      if (high === undefined || low === undefined || (high | low) > 15) throw new TypeError('no id')
      this.bytes[this.at++] = (high << 4) | low
    }
  }

  /** A string as UTF-8 with its length; lone surrogates become U+FFFD. @throws TypeError when it is no string. */
  text(value: string): void {
    if (typeof value !== 'string') throw new TypeError('no string')
    const length = value.length
    if (length > loopLength) return this.#longText(value)
    this.reserve(length + 1)
    const bytes = this.bytes
    const start = this.at + 1
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index)
      if (code > 127) return this.#longText(value)
      bytes[start + index] = code
    }
    bytes[this.at] = length
    this.at = start + length
  }

  /** A string as UTF-8 without a length. */
  raw(value: string): void {
    // Three bytes are the most that a unit of a string takes: with so much room the length need not be counted first.
    if (this.at + value.length * 3 > this.bytes.length) this.reserve(Buffer.byteLength(value))
    this.at += this.bytes.write(value, this.at)
  }

  /** Bytes as they are. */
  append(value: Uint8Array): void {
    this.reserve(value.length)
    this.bytes.set(value, this.at)
    this.at += value.length
  }

  /** Begins something with a length before it. @returns the mark for `close`. */
  open(): number {
    this.reserve(1)
    return this.at++
  }

  /** Ends what `open` began. */
  close(mark: number): void {
    const length = this.at - mark - 1
    if (length < 128) this.bytes[mark] = length
    else this.#closeLong(mark, length)
  }

  #closeLong(mark: number, length: number): void {
    const size = varintSize(length)
    this.reserve(size)
    this.bytes.copyWithin(mark + size, mark + 1, this.at)
    this.at = mark
    this.varint(length)
    this.at += length
  }

  #longText(value: string): void {
    const length = Buffer.byteLength(value)
    this.varint(length)
    this.reserve(length)
    this.at += this.bytes.write(value, this.at, length)
  }

  #grow(needed: number): void {
    if (needed > this.limit) throw new TooLarge('too large')
    const bytes = Buffer.allocUnsafeSlow(Math.min(this.limit, Math.max(needed, this.bytes.length * 2)))
    bytes.set(this.bytes.subarray(0, this.at))
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer)
  }
}

/** Bytes of a length as a varint. */
export function varintSize(length: number): number {
  if (length < 128) return 1
  if (length < 16_384) return 2
  if (length < 2_097_152) return 3
  return length < 268_435_456 ? 4 : 5
}

/** True for the code of a hexadecimal digit. */
export function isHexDigit(code: number): boolean {
  return code < 128 && digit[code] !== 255
}

const digit = new Uint8Array(128).fill(255)
for (let value = 0; value < 16; value++) {
  digit[value.toString(16).charCodeAt(0)] = value
  digit[value.toString(16).toUpperCase().charCodeAt(0)] = value
}
