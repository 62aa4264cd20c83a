// npm run bench [numbers…] [--json file]: every benchmark, or those named, in one table of ratios. Minutes; not a part of the tests.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Case, Result } from './case.ts'
import { harness } from './cases/harness.ts'
import { pairs } from './cases/pairs.ts'
import { requests } from './cases/requests.ts'
import { startUp } from './cases/start-up.ts'
import { store } from './cases/store.ts'
import { trace } from './cases/trace.ts'
import { checkSameTelemetry } from './same-telemetry.ts'
import { table } from './table.ts'

const cases: readonly Case[] = [...pairs, startUp, requests, store, harness, trace].toSorted(
  (one, other) => one.number - other.number,
)
const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } })
const wanted = new Set(positionals.map(Number))

console.log(await checkSameTelemetry())
const results: Result[] = []
for (const { number, run } of cases) {
  if (wanted.size > 0 && !wanted.has(number)) continue
  console.error(`running ${number} …`)
  results.push(...(await run()))
}
console.log(table(results))
if (values.json) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`)
