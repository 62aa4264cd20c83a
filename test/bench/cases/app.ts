// A server of `apps/serve.ts` in a process of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const app = fileURLToPath(new URL('../apps/serve.ts', import.meta.url))

export interface App {
  readonly url: string
  stop(): Promise<void>
}

export async function startApp(
  kind: string,
  endpoint: string,
  more: Readonly<Record<string, string>> = {},
): Promise<App> {
  const env = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: 'bench', ...more }
  const child = spawn(process.execPath, [app, kind], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    url: line.toString().trim(),
    async stop() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
