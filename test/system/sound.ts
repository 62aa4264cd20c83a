// What holds in every test that moves data: each record is accounted for, and no stage of ours failed.
import type { Health } from '@proprio/sdk'
import { expect } from 'vitest'
import type { Said } from './child.ts'

/** The health that a program said, checked. */
export function soundHealth(said: Said, failures: object = {}): Health {
  const health = said['health'] as Health
  expect(health).toMatchObject({ unaccounted: 0, failures })
  expect(health.failures).toEqual(failures)
  for (const kept of health.stored ? [health.stored.spans, health.stored.logs] : [])
    expect(kept.started).toBe(kept.live + kept.written + kept.lost)
  return health
}

/** The account of one signal's only destination. */
export function hopOf({ account }: Health, signal: 'spans' | 'logs' | 'metrics') {
  const hops = account.hops.filter((hop) => hop.signal === signal)
  expect(hops).toHaveLength(1)
  return hops[0]!
}
