// Public doors: an index is a hand-written list of names, and a package is entered only where its `exports` say so.
import { posix } from 'node:path'
import { importsOf, packageOf } from './imports.ts'
import { isTest } from './workspace.ts'
import type { Package, Source } from './workspace.ts'

const folderOf = (path: string): string =>
  /^packages\/[^/]+(?:\/examples\/[^/]+)?/.exec(path)?.[0] ?? path.split('/', 1).join()

const matches = (door: string, subpath: string): boolean => {
  const [before = '', after] = door.split('*')
  return after === undefined ? door === subpath : subpath.startsWith(before) && subpath.endsWith(after)
}

// A test of a package may use the instruments that all suites share, such as test/receiver.
const mayEnter = (path: string, folder: string): boolean =>
  folder === folderOf(path) || (isTest(path) && folder === 'test')

export const doorProblems = (packages: readonly Package[], sources: readonly Source[]): string[] => {
  const doors = new Map(packages.map(({ manifest }) => [manifest.name, Object.keys(manifest.exports ?? {})]))
  return sources.flatMap(({ path, text }) =>
    importsOf(path, text).flatMap(({ specifier = '', everything, line }) => {
      const where = `${path}:${line}`
      if (everything) return [`${where}: export * from '${specifier}': list the names`]
      if (specifier.startsWith('.'))
        return mayEnter(path, folderOf(posix.join(posix.dirname(path), specifier)))
          ? []
          : [`${where}: '${specifier}' leaves ${folderOf(path)}`]
      const name = packageOf(specifier)
      const subpath = `.${specifier.slice(name.length)}`
      return doors.get(name)?.some((door) => matches(door, subpath)) === false
        ? [`${where}: '${specifier}' is no door of ${name}`]
        : []
    }),
  )
}
