// Runs one suite as somebody would, in a process of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Told } from './told.ts'

const vitest = fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')))
const config = fileURLToPath(new URL('vitest.config.ts', import.meta.url))

export interface Ran extends Told {
  /** From the start of the process to its end, in milliseconds. */
  readonly whole: number
}

/** @throws Error when a test has failed, or there are not so many */
export async function runSuite(name: string, tests: number): Promise<Ran> {
  const before = performance.now()
  const child = spawn(process.execPath, [vitest, 'run', '--config', config, `${name}.suite`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
  const whole = performance.now() - before
  if (!said.startsWith('{')) throw new Error(`the suite ${name} has failed: run it by hand, with --reporter=default`)
  const told = JSON.parse(said) as Told
  if (told.tests !== tests) throw new Error(`the suite ${name} has ${told.tests} tests, and not ${tests}`)
  return { ...told, whole }
}
