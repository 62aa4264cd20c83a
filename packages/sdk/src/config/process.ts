// What the running process says about itself, read once and passed on as a value, so that no later stage asks the process.
import { readFileSync, realpathSync } from 'node:fs'
import { arch, hostname, platform, release } from 'node:os'
import { dirname, join } from 'node:path'
import { isMainThread } from 'node:worker_threads'

export interface ThisProcess {
  /** False in worker threads, cluster workers and forked children, where what belongs to a process once is not opened again. */
  readonly main: boolean
  readonly pid: number
  readonly nodeVersion: string
  readonly host: { readonly name: string; readonly arch: string }
  readonly os: { readonly type: string; readonly version: string }
  /** The main script, where there is one. */
  readonly script: string | undefined
  /** The whole command line; may hold secrets. */
  readonly command: readonly string[]
  readonly executable: { readonly name: string; readonly path: string }
}

/** Reads the process we run in. `process.send` is there in a child with a channel to its parent, which is what fork() and cluster make. */
export function readProcess(): ThisProcess {
  return {
    main: isMainThread && process.send === undefined,
    pid: process.pid,
    nodeVersion: process.versions.node,
    host: { name: hostname(), arch: arch() },
    os: { type: platform(), version: release() },
    script: process.argv[1],
    command: [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    executable: { name: process.title, path: process.execPath },
  }
}

/** Name and version in the package.json nearest above the main script, links resolved (npx runs one): what its author calls it. */
export function packageOf(script: string | undefined): { name?: string; version?: string } {
  let folder = script === undefined ? undefined : folderOf(script)
  while (folder !== undefined) {
    const found = readPackage(join(folder, 'package.json'))
    if (found !== undefined) return found
    const above = dirname(folder)
    folder = above === folder ? undefined : above
  }
  return {}
}

function folderOf(script: string): string {
  try {
    return dirname(realpathSync(script))
  } catch {
    return dirname(script)
  }
}

function readPackage(path: string): { name?: string; version?: string } | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as { name?: unknown; version?: unknown }
    if (typeof name !== 'string' || name === '') return undefined
    return typeof version === 'string' ? { name, version } : { name }
  } catch {
    return undefined
  }
}
