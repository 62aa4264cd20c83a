// Where the demo writes: colour and rewritten lines in a terminal, plain lines in a pipe. NO_COLOR and the terminal's width are honoured.
import { styleText } from 'node:util'
import type { WriteStream } from 'node:tty'

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'magenta'

export interface Terminal {
  /** Columns; in a pipe a fixed number. */
  readonly width: number
  paint(style: Style, text: string): string
  line(text?: string): void
  /** Shows a line that the next one replaces. In a pipe: nothing. */
  passing(text: string): void
}

/** What is written when nobody says how wide it may be. */
const widthOfPipes = 120
const eraseLine = '\r\u001B[2K'

export function createTerminal(stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>): Terminal {
  const live = stream.isTTY === true
  const width = live ? Math.max(20, stream.columns) : widthOfPipes
  const erase = live ? eraseLine : ''
  return {
    width,
    paint: (style, text) => styleText(style, text, { stream: stream as WriteStream }),
    line: (text = '') => void stream.write(`${erase}${text}\n`),
    passing(text) {
      if (live) stream.write(`${erase}${fit(text, width - 1)}`)
    },
  }
}

/** The text in lines of so many columns, broken between words. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines
}

/** The text, cut to so many columns. */
export const fit = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
