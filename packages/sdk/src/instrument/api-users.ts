// Which copies of the OpenTelemetry API ask our providers for tracers, meters and loggers. A copy that was loaded by `import` is in no list of Node's, but it
// stands on the stack when it asks.
import { fileURLToPath } from 'node:url'

export interface ApiUsers {
  /** Notes from then on who calls that method of the provider; what it answers stays the same. */
  watch<Method extends string>(provider: { [Name in Method]: (...args: never[]) => unknown }, method: Method): void
  /** Files of the copies that have asked. */
  files(): readonly string[]
}

/** Calls whose stack is looked at; one takes some microseconds, and there are applications that ask for a tracer with every request. */
const calls = 128
const frames = 8
const place = /((?:file:\/\/|[A-Za-z]:)?[\\/][^\s()]*[\\/]@opentelemetry[\\/]api[\\/][^\s():]+)/g

export function createApiUsers(): ApiUsers {
  const seen = new Set<string>()
  let left = calls
  const look = (below: (...args: never[]) => unknown): void => {
    if (left === 0) return
    left--
    for (const [file] of stackAbove(below).matchAll(place)) seen.add(file)
  }
  return {
    watch(provider, method) {
      const ask = provider[method] as (...args: unknown[]) => unknown
      const watched = function (this: unknown, ...args: unknown[]): unknown {
        look(watched)
        return ask.apply(this, args)
      }
      Reflect.set(provider, method, watched)
    },
    files: () => [...seen].map((file) => (file.startsWith('file:') ? fileURLToPath(file) : file)),
  }
}

function stackAbove(below: (...args: never[]) => unknown): string {
  const limit = Error.stackTraceLimit
  try {
    Error.stackTraceLimit = frames
    const at: { stack?: unknown } = {}
    Error.captureStackTrace(at, below)
    return String(at.stack)
  } catch {
    return ''
  } finally {
    Error.stackTraceLimit = limit
  }
}
