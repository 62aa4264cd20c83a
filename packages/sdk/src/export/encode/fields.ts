// Reads the few fields of an export's answer. Answers come from outside: every length is checked.

/** The fields of a protobuf message by number, the last of each. @throws RangeError when the bytes are no message. */
export function readFields(bytes: Uint8Array): Map<number, number | Uint8Array> {
  const fields = new Map<number, number | Uint8Array>()
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let factor = 1; factor < 2 ** 70; factor *= 128) {
      const byte = bytes[at++]
      if (byte === undefined) break
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
    throw new RangeError('no protobuf message')
  }
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new RangeError('no protobuf message')
    at += length
    return bytes.subarray(at - length, at)
  }
  const read = (wireType: number): number | Uint8Array => {
    if (wireType === 0) return varint()
    if (wireType === 1) return take(8)
    if (wireType === 2) return take(varint())
    if (wireType === 5) return take(4)
    throw new RangeError('no protobuf message')
  }
  while (at < bytes.length) {
    const tag = varint()
    fields.set(Math.floor(tag / 8), read(tag & 7))
  }
  return fields
}
