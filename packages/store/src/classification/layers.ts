// Classification stage: the layers that everybody shares, and how the name of a foreign event betrays its layer.

/** The layers of DESIGN's vocabulary; a framework may have others of its own. */
export const LAYERS = [
  'api',
  'database',
  'codegen',
  'decorator',
  'cli',
  'framework',
  'registry',
  'plugin',
  'workflow',
  'agent',
  'provider',
  'llm',
  'tool',
  'task',
  'websocket',
  'system',
] as const

/** Where nothing tells the layer. */
export const OTHER_LAYER = 'other'

// The first words of OpenTelemetry's namespaces that mean one of our layers.
const NAMESPACES: Readonly<Record<string, string>> = { db: 'database', gen_ai: 'llm', messaging: 'task' }

const WORDS: ReadonlyMap<string, string> = new Map([
  ...LAYERS.map((layer) => [layer, layer] as const),
  ...Object.entries(NAMESPACES),
])

/** The first word of a dotted name that is a layer's. */
export function layerInName(name: string): string {
  for (const word of name.split('.')) {
    const layer = WORDS.get(word)
    if (layer !== undefined) return layer
  }
  return OTHER_LAYER
}

/** The first word of a type. */
export function layerOfType(type: string): string {
  const end = type.indexOf('.')
  return end === -1 ? type : type.slice(0, end)
}
