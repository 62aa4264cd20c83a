// Layers and levels, switched on and off, also at run time.
import { type Level, levelOr, severityOf } from '../levels.ts'
import { eachProperty } from '../value/properties.ts'
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

/**
 * Switches layers, also at run time. From `warn` on, an operation makes no span unless it fails or crosses its slow limit.
 * Layers that are not named stay as they are, and so does a layer whose value is no switch.
 */
export function switchLayers(switches: LayerSwitches): void {
  const wanted = new Map<string, number>()
  eachProperty(switches, (layer, value) => {
    const minimum = minimumOf(value)
    if (minimum !== undefined) wanted.set(layer, minimum)
  })
  const rest = wanted.get('*')
  if (rest !== undefined) {
    slot.defaultMinimum = rest
    for (const gate of slot.gates.values()) gate.minimum = rest
  }
  for (const [layer, minimum] of wanted) if (layer !== '*') gateOf(layer).minimum = minimum
}

function minimumOf(wanted: unknown): number | undefined {
  if (typeof wanted === 'boolean') return wanted ? 0 : Infinity
  const level = levelOr(wanted, undefined)
  return level && severityOf[level]
}
