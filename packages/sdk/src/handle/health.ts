// What is on, where every record went, and what is wrong: one plain answer for people, tests and the health page.
import { emitterHealth } from '@proprio/api/runtime'
import { type AccountSnapshot, balance } from '../account/index.ts'
import type { Parts } from '../assemble/parts.ts'
import type { Warning } from '../config/index.ts'
import type { SelfCheckResult } from '../instrument/index.ts'
import type { StageName } from '../record/processors.ts'
import { type StoreAccount, storeBalance } from '../record/stored.ts'

/** registered: ours. attached: theirs, and we see what they record. partly: theirs, and ours goes to them. foreign: theirs, and neither. off: nobody's. */
export type SignalState = 'registered' | 'attached' | 'partly' | 'foreign' | 'off'

export interface SignalHealth {
  readonly state: SignalState
  /** What it means, where it is not `registered`. */
  readonly note?: string
}

export interface Registration {
  /** Where register() was called: file and line. */
  readonly at: string
  /** Later calls, and the options of theirs that had no effect: the first 16. */
  readonly again: readonly { readonly at: string; readonly ignored: readonly string[] }[]
  /** Later calls than those. */
  readonly unlisted: number
}

export interface Health {
  readonly service: string
  readonly registration: Registration
  readonly signals: Readonly<Record<'traces' | 'metrics' | 'logs', SignalHealth>>
  /** Per signal and destination: started = live + unsampled + exported + rejected + dropped + queued + in flight. */
  readonly account: AccountSnapshot
  /** The store as a destination: started = live + written + lost, per signal; absent without one. What it evicted by its bounds says `query.stats()`. */
  readonly stored?: StoreAccount
  /** By how many records the accounts are off, over all destinations and the store. 0, or it is a fault of ours. */
  readonly unaccounted: number
  /** Values masked by redaction. */
  readonly redacted: number
  /** What our own stages threw, by stage; a record that a destination lost by it is in that one's account. */
  readonly failures: Readonly<Partial<Record<StageName, number>>>
  /** What emitters dropped, mended or abandoned, by reason. */
  readonly emitters: { readonly counts: Readonly<Record<string, number>>; readonly open: number }
  /** Bad values in the environment, and what was taken instead. */
  readonly warnings: readonly Warning[]
  readonly prometheus?: { readonly url?: string; readonly problem?: string }
  /** Modules loaded too early and packages there twice; absent until two seconds after the start. */
  readonly selfCheck?: SelfCheckResult
}

interface HealthSources {
  readonly parts: Parts
  readonly warnings: readonly Warning[]
  readonly signals: Health['signals']
  readonly registration: Registration
  readonly selfCheck: () => SelfCheckResult | undefined
}

export function healthOf({ parts, warnings, signals, registration, selfCheck }: HealthSources): () => Health {
  return () => {
    const { account, recorded, prometheus, resource } = parts
    const snapshot = account.snapshot()
    const { counts, open } = emitterHealth()
    const stored = recorded.stored?.account()
    const checked = selfCheck()
    return {
      service: String(resource.attributes['service.name'] ?? ''),
      registration: { ...registration, again: [...registration.again] },
      signals,
      account: snapshot,
      ...(stored && { stored }),
      unaccounted:
        snapshot.hops.reduce((sum, hop) => sum + Math.abs(balance(hop)), 0) + (stored ? storeBalance(stored) : 0),
      redacted: recorded.redactor?.masked() ?? 0,
      failures: { ...recorded.failures },
      emitters: { counts, open },
      warnings,
      ...(prometheus && {
        prometheus: {
          ...(prometheus.url !== undefined && { url: prometheus.url }),
          ...(prometheus.problem !== undefined && { problem: prometheus.problem }),
        },
      }),
      ...(checked && { selfCheck: checked }),
    }
  }
}
