// The last line of a run: what all files together have recorded, and whose it was.
import type { Reporter } from 'vitest/node'
import type { Totals } from './census.ts'

const keys = [
  'tests',
  'spans',
  'events',
  'measurements',
  'foreign',
  'lost',
  'unclaimed',
] as const satisfies (keyof Totals)[]

export const totalsLine = (): Reporter => ({
  onTestRunEnd(modules) {
    const all = modules.flatMap((module) => module.meta().stress ?? [])
    const sum = (key: keyof Totals): string => all.reduce((total, one) => total + one[key], 0).toLocaleString('en')
    console.log(`${all.length} files, ${keys.map((key) => `${sum(key)} ${key}`).join(', ')}`)
  },
})
