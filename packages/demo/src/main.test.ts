// The whole demo as a child process, as `npm run demo` runs it, but from source.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'

const main = new URL('main.ts', import.meta.url).pathname
const args = ['--conditions=@proprio/source', main]
const limitMs = 60_000

describe('the demo', { timeout: 2 * limitMs }, () => {
  test('ends within a minute with every section, layer and level, and no record unaccounted for', async () => {
    const begun = performance.now()
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 24 })
    expect(performance.now() - begun).toBeLessThan(limitMs)
    expect(stderr).toBe('')
    expect(stdout).not.toContain('\u001B')
    for (const title of ['Operations', 'Slow operations', 'Errors', 'Slowest trace', 'Metrics', 'Account of records'])
      expect(stdout).toMatch(new RegExp(`^${title}`, 'm'))

    const layers = countsIn(stdout, 'layers')
    expect(Object.keys(layers)).toEqual(
      expect.arrayContaining(['api', 'database', 'codegen', 'decorator', 'cli', 'framework', 'registry']),
    )
    expect(Object.keys(countsIn(stdout, 'levels')).toSorted()).toEqual(['critical', 'debug', 'error', 'info', 'warn'])
    expect(stdout).toMatch(/^unaccounted: 0$/m)
    expect(stdout).toMatch(/2xx [\d,]+, 4xx \d+, 5xx \d+/)
    expect(stdout).toMatch(/^http_server_request_duration\w*_count\{.* \d+$/m)

    const received = /received at the other end: ([\d,]+) spans, ([\d,]+) log records/.exec(stdout)
    expect(received?.[1]).toBe(exported(stdout, 'spans'))
    expect(received?.[2]).toBe(exported(stdout, 'logs'))
  })

  test('stays up with --serve until it is told to end', async () => {
    const child = spawn(process.execPath, [...args, '--serve'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const exit = once(child, 'exit')
    for await (const line of createInterface(child.stdout)) {
      const [, api, metrics] = /stays up on (\S+), its metrics on (\S+)\. /.exec(line) ?? []
      if (api === undefined || metrics === undefined) continue
      expect((await fetch(`${api}/emojis`)).status).toBe(200)
      expect(await (await fetch(metrics)).text()).toContain('loom_registry_missing')
      child.kill('SIGINT')
    }
    expect(await exit).toEqual([0, null])
  })
})

/** `levels: debug 625, info 5,043` as an object. */
function countsIn(output: string, name: string): Record<string, string> {
  const [, list = ''] = new RegExp(`^${name}: (.*)$`, 'm').exec(output) ?? []
  return Object.fromEntries(list.split(', ').map((entry) => entry.split(' ') as [string, string]))
}

const exported = (output: string, signal: string): string | undefined =>
  new RegExp(`^${signal} +[\\d,]+ +([\\d,]+) `, 'm').exec(output)?.[1]
