// What each public entry costs when it is bundled: bytes, minified, everything that is installed beside it left out.
// Recorded in bundle-size.json, so that growth is a decision that somebody made.
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Package } from './workspace.ts'

/** Bytes by entry: `{ '@proprio/api/http': 1234 }`. */
export type Sizes = Readonly<Record<string, number>>

/** What an entry may grow by before it must be recorded anew. */
export const tolerance = 0.05

const sizeOf = async (entry: string): Promise<number> => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    write: false,
    logLevel: 'silent',
  })
  return outputFiles.reduce((sum, { contents }) => sum + contents.byteLength, 0)
}

/** @param root where the packages' folders start; they must be built. Private packages are nobody's to bundle. */
export const measure = async (root: string, packages: readonly Package[]): Promise<Sizes> => {
  const entries = packages
    .filter(({ manifest }) => !manifest.private)
    .flatMap(({ folder, manifest }) =>
      Object.entries(manifest.exports ?? {}).flatMap(([door, to]) =>
        typeof to === 'object' && to['default'] !== undefined
          ? [{ name: manifest.name + door.slice(1), file: join(root, folder, to['default']) }]
          : [],
      ),
    )
  return Object.fromEntries(
    await Promise.all(entries.map(async ({ name, file }) => [name, await sizeOf(file)] as const)),
  )
}

export const sizeProblems = (recorded: Sizes, measured: Sizes): string[] =>
  [...new Set([...Object.keys(recorded), ...Object.keys(measured)])].flatMap((name) => {
    const [before, now] = [recorded[name], measured[name]]
    if (now === undefined) return [`${name} is recorded and no entry: npm run record-sizes`]
    if (before === undefined) return [`${name} is not recorded: npm run record-sizes`]
    if (now <= before * (1 + tolerance)) return []
    const grown = ((now / before - 1) * 100).toFixed(1)
    return [`${name} grew by ${grown} %, from ${before} to ${now} bytes; if it is worth it: npm run record-sizes`]
  })
