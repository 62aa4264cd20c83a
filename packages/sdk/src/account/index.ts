// The conservation account: what was started is accounted for, per signal and destination.
export { balance, createAccount } from './account.ts'
export type { Account, AccountOptions, AccountSnapshot, Held, Hop, HopOptions, HopSnapshot } from './account.ts'
export { observeAccount } from './observe.ts'
export { DropReason } from './reasons.ts'
export type { Signal } from './signal.ts'
