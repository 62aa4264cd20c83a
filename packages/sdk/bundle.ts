// Bundles the SDK, OpenTelemetry's SDK parts included: a process that registers loads a handful of files instead of hundreds.
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = dirname(fileURLToPath(import.meta.url))

/** Parts that clean attributes by `@opentelemetry/core`, and get `src/bundled/core.ts` in its place. */
const cleaning = /[\\/]@opentelemetry[\\/](sdk-trace|sdk-logs)[\\/]/

const replaced = new Set<string>()
const ownCleaning: Plugin = {
  name: 'own cleaning of attributes',
  setup({ onResolve }) {
    onResolve({ filter: /^@opentelemetry\/core$/ }, ({ importer }) => {
      const part = cleaning.exec(importer)?.[1]
      if (part === undefined) return undefined
      replaced.add(part)
      return { path: `${root}/src/bundled/core.ts` }
    })
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
  plugins: [ownCleaning],
  outbase: 'src',
  outdir: 'dist',
  chunkNames: 'shared/[name]-[hash]',
  sourcemap: true,
  logLevel: 'warning',
})
if (replaced.size !== 2) {
  throw new Error(
    `${basename(import.meta.filename)}: of sdk-trace and sdk-logs only ${[...replaced].join() || 'none'} imports @opentelemetry/core`,
  )
}
