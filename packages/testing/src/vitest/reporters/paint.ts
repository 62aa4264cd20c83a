// vitest, main process: the colours of what our reporters print, where standard output shows colours.
import { styleText } from 'node:util'
import type { Paint } from '../../coverage/text.ts'

const styles = { good: 'green', bad: 'red', strong: 'bold', faint: 'dim' } as const

export const paint: Paint = (as, text) => styleText(styles[as], text, { stream: process.stdout })
