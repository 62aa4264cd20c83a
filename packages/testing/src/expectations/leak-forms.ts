// Expectations stage: the forms in which a value may leave: as it is, and as it is usually encoded, also as a part of something longer.

export interface Form {
  /** For messages: ` (in hex)`. */
  readonly how: string
  isIn(text: string): boolean
}

/** The plainest first. */
export function formsOf(canary: string): readonly Form[] {
  // Half of a surrogate pair has no form of its own in any of these.
  const value = canary.toWellFormed()
  const bytes = Buffer.from(value)
  const hex = bytes.toString('hex')
  return [
    form('', [canary, value]),
    form(' (in JSON)', [inJson(value), inJson(inJson(value)), asciiJson(value)]),
    // Escapes may be in either case.
    form(
      ' (URL-encoded)',
      [encodeURIComponent(value), formEncoded(value)].flatMap((text) => [text, lowerEscapes(text)]),
    ),
    form(' (in hex)', [hex, hex.toUpperCase()]),
    form(' (in base64)', [...base64Of(bytes, 'base64'), ...base64Of(bytes, 'base64url')]),
  ]
}

const form = (how: string, texts: readonly string[]): Form => ({
  how,
  isIn: (text) => texts.some((one) => text.includes(one)),
})

const inJson = (value: string): string => JSON.stringify(value).slice(1, -1)

// What is not ASCII as `\u00e9`, as some writers of JSON do.
const asciiJson = (value: string): string =>
  inJson(value).replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

// As a form is sent: spaces as +.
const formEncoded = (value: string): string => new URLSearchParams([['', value]]).toString().slice(1)

const lowerEscapes = (text: string): string => text.replace(/%[\dA-F]{2}/g, (escape) => escape.toLowerCase())

/** Inside of a longer text base64 of a value depends on where it begins, in thirds of a group; at each end it shares a character with what is beside it. */
function base64Of(bytes: Buffer, alphabet: 'base64' | 'base64url'): readonly string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString(alphabet)
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  })
}
