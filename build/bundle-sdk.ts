// Bundles @proprio/sdk, OpenTelemetry's SDK parts included: a process that registers loads a handful of files instead of hundreds.
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('../packages/sdk', import.meta.url))

/** What is bundled with a faster part of the same behaviour: who imports it, what they import, and what they get. */
const replacements = [
  { importer: /@opentelemetry[\\/]sdk-trace[\\/]/, path: /^@opentelemetry\/core$/, own: 'core.ts' },
  { importer: /@opentelemetry[\\/]sdk-logs[\\/]/, path: /^@opentelemetry\/core$/, own: 'core.ts' },
  { importer: /@opentelemetry[\\/]sdk-metrics[\\/].*HashMap\.mjs$/, path: /utils\.mjs$/, own: 'hash-attributes.ts' },
] as const

const made = new Set<RegExp>()
const ownParts: Plugin = {
  name: 'own parts',
  setup({ onResolve }) {
    for (const { importer, path, own } of replacements) {
      onResolve({ filter: path }, (wanted) => {
        if (!importer.test(wanted.importer)) return undefined
        made.add(importer)
        return { path: `${root}/src/bundled/${own}` }
      })
    }
  },
}

await build({
  absWorkingDir: root,
  entryPoints: ['src/index.ts', 'src/hook.ts'],
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.15',
  external: [
    '@proprio/*',
    '@opentelemetry/api',
    '@opentelemetry/core',
    '@opentelemetry/semantic-conventions',
    '@opentelemetry/instrumentation',
    '@opentelemetry/instrumentation-http',
    '@opentelemetry/exporter-prometheus',
    '@opentelemetry/otlp-transformer',
  ],
  plugins: [ownParts],
  outbase: 'src',
  outdir: 'dist',
  chunkNames: 'shared/[name]-[hash]',
  sourcemap: true,
  logLevel: 'warning',
})
const missed = replacements.filter(({ importer }) => !made.has(importer))
if (missed.length > 0)
  throw new Error(
    `nobody imports ${missed.map(({ path, importer }) => `${path} from ${importer}`).join(', nor ')} any more`,
  )
