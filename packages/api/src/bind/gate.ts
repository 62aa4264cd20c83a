// Layers and levels, switched on and off, also at run time.
import { type Level, severityOf } from '../levels.ts'
import { type Gate, slot } from './slot.ts'

/** For each layer: `false` is off, `true` is on, a level is from that level on. `'*'` stands for every layer not named. */
export type LayerSwitches = Readonly<Record<string, boolean | Level>>

export function gateOf(layer: string): Gate {
  const known = slot.gates.get(layer)
  if (known) return known
  const gate: Gate = { minimum: slot.defaultMinimum }
  slot.gates.set(layer, gate)
  return gate
}

/** Switches layers. From `warn` on, an operation makes no span unless it fails. Layers that are not named stay as they are. */
export function switchLayers(switches: LayerSwitches): void {
  const rest = switches['*']
  if (rest !== undefined) {
    slot.defaultMinimum = minimumOf(rest)
    for (const gate of slot.gates.values()) gate.minimum = slot.defaultMinimum
  }
  for (const [layer, wanted] of Object.entries(switches)) if (layer !== '*') gateOf(layer).minimum = minimumOf(wanted)
}

function minimumOf(wanted: boolean | Level): number {
  if (typeof wanted === 'boolean') return wanted ? 0 : Infinity
  return severityOf[wanted] ?? 0
}
