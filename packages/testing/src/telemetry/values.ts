// Telemetry stage: attributes as text, in the order of their names, with what differs from run to run masked.
import type { Attributes, AttributeValue } from '@proprio/store'

/** A name, or a pattern of names, of attributes whose value is shown as `*`. */
export type Masked = string | RegExp

/** Ports and ids that the system hands out anew in every run. */
const varying: readonly Masked[] = [/(?:^|\.)port$/, 'process.pid', 'thread.id', 'user_agent.original']

/** A port in an address of this machine. */
const ownPort = /\b(localhost|127\.0\.0\.1|\[::1\]):\d+/g

/** Ours, which is told otherwise, and stack traces, which no two machines have in common. */
const isUntold = (name: string): boolean => name.startsWith('proprio.') || name === 'exception.stacktrace'

export function attributesText(attributes: Attributes, mask: readonly Masked[]): readonly string[] {
  return Object.keys(attributes)
    .filter((name) => !isUntold(name))
    .toSorted()
    .map((name) => `${name}=${isMasked(name, mask) ? '*' : valueText(attributes[name])}`)
}

const isMasked = (name: string, mask: readonly Masked[]): boolean =>
  [...varying, ...mask].some((one) => (typeof one === 'string' ? one === name : name.search(one) !== -1))

export function valueText(value: AttributeValue | undefined): string {
  if (typeof value === 'string') return JSON.stringify(value.replace(ownPort, '$1:*'))
  if (value instanceof Uint8Array) return `bytes(${Buffer.from(value).toString('hex')})`
  if (typeof value === 'number' || value === undefined) return String(value)
  return JSON.stringify(value)
}
