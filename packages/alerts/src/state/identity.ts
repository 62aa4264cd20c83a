// State stage: whose state it is. An alert is a rule, a severity and the values of the attributes that the rule tells apart.

export type Labels = Readonly<Record<string, string>>

/** Equal for equal labels, whatever their order. */
export function fingerprintOf(rule: string, severity: string, labels: Labels): string {
  const parts = Object.keys(labels)
    .toSorted()
    .map((name) => [name, labels[name]])
  return fnv(JSON.stringify([rule, severity, parts]))
}

// FNV-1a over 64 bits, in two halves: it names, and guards nothing.
function fnv(text: string): string {
  let high = 0xcbf29ce4
  let low = 0x84222325
  for (let index = 0; index < text.length; index++) {
    low ^= text.charCodeAt(index)
    // The prime is 2^40 + 2^8 + 0xb3.
    const product = low * 0x1b3
    const carry = Math.floor(product / 0x1_0000_0000)
    high = (Math.imul(high, 0x1b3) + (low << 8) + carry) >>> 0
    low = product >>> 0
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0')
}

/** `{value}`, `{limit}` and labels filled in; what is not known stays as it is written. */
export const filled = (template: string, values: Readonly<Record<string, string | number | undefined>>): string =>
  template.replace(/\{([\w.]+)\}/g, (hole, name: string) => {
    const value = values[name]
    return value === undefined ? hole : typeof value === 'number' ? String(Number(value.toPrecision(6))) : value
  })
