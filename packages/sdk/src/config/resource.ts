// From config and the running process to the resource that everything emitted carries. Cheap: no child processes, nothing asynchronous
// unless a detector of the application's brings it. Command line, owner and environment are left out unless asked: they hold secrets.
import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import type { Attributes } from '@opentelemetry/api'
import { SDK_INFO } from '@opentelemetry/core'
import { detectResources, resourceFromAttributes } from '@opentelemetry/resources'
import type { Resource } from '@opentelemetry/resources'
import type { ResourceConfig } from './config.ts'
import type { DetectorName } from './names.ts'
import { packageOf } from './process.ts'
import type { ThisProcess } from './process.ts'
import { VERSION } from './version.ts'

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm: 'arm32', ppc: 'ppc32' }
const systems: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' }

// Names and values as OpenTelemetry's own detectors give them (semantic conventions 1.45.0: host, os, process, service).
const detectors = {
  service: () => ({ 'service.instance.id': randomUUID() }),
  host: ({ host, os }) => ({
    'host.name': host.name,
    'host.arch': architectures[host.arch] ?? host.arch,
    'os.type': systems[os.type] ?? os.type,
    'os.version': os.version,
  }),
  process: ({ pid, nodeVersion }) => ({
    'process.pid': pid,
    'process.runtime.name': 'nodejs',
    'process.runtime.version': nodeVersion,
    'process.runtime.description': 'Node.js',
  }),
  command: ({ command, executable, script }) => ({
    'process.command_args': [...command],
    'process.executable.name': executable.name,
    'process.executable.path': executable.path,
    ...(script === undefined ? {} : { 'process.command': script }),
    ...owner(),
  }),
} as const satisfies Record<DetectorName, (of: ThisProcess) => Attributes>

/** The resource of this process. Every call makes a new `service.instance.id`, so call it once a process and thread. */
export function createResource(config: ResourceConfig, of: ThisProcess): Resource {
  const named = config.detectors.filter((one) => typeof one === 'string')
  const own = config.detectors.filter((one) => typeof one !== 'string')
  const detected = named.map((name) => detectors[name](of))
  return resourceFromAttributes(Object.assign(sdk(), ...detected) as Attributes)
    .merge(detectResources({ detectors: own }))
    .merge(resourceFromAttributes(config.attributes['service.name'] === undefined ? service(of) : {}))
    .merge(resourceFromAttributes(config.attributes))
}

function sdk(): Attributes {
  return {
    'telemetry.sdk.name': SDK_INFO['telemetry.sdk.name'],
    'telemetry.sdk.language': SDK_INFO['telemetry.sdk.language'],
    'telemetry.sdk.version': SDK_INFO['telemetry.sdk.version'],
    'telemetry.distro.name': 'proprio',
    'telemetry.distro.version': VERSION,
  }
}

function service({ script }: ThisProcess): Attributes {
  const { name = 'unknown_service:node', version } = packageOf(script)
  return { 'service.name': name, ...(version === undefined ? {} : { 'service.version': version }) }
}

function owner(): Attributes {
  try {
    return { 'process.owner': userInfo().username }
  } catch {
    return {}
  }
}
