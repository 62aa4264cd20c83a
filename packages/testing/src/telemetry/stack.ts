// Telemetry stage: of a stack trace the one frame that says where: the first of the project itself, without what differs between machines and versions.
import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const frame = /^\s*at (?:(?<caller>.+?) \()?(?<file>(?:file:\/\/|\/|[A-Za-z]:\\)[^()]+?)(?::\d+){0,2}\)?$/

/** `pay (src/till.ts)`: function and file, from `root`; undefined when no frame is the project's own. Lines are left out: they move with every edit. */
export function ownFrame(stack: string, root: string = process.cwd()): string | undefined {
  for (const line of stack.split('\n')) {
    const { caller, file } = frame.exec(line)?.groups ?? {}
    if (file === undefined) continue
    const path = relative(root, file.startsWith('file:') ? fileURLToPath(file) : file)
    if (path.startsWith('..') || path.includes('node_modules') || isOurs(path)) continue
    const where = path.split(sep).join('/').replace(/\?.*$/, '')
    return caller === undefined ? where : `${caller.replace(/^async /, '')} (${where})`
  }
  return undefined
}

// The emitters' own frames, in a checkout of this project.
const isOurs = (path: string): boolean =>
  /^packages[\\/](api|sdk|store|testing)[\\/](src|dist)[\\/](?!.*\.test\.)/.test(path)
