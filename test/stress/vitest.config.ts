// npm run stress: 8 files beside each other, 200 tests at once in each, each 50 times or STRESS_TIMES. Minutes: the suite runs it as a process, and less often.
import { defineConfig } from 'vitest/config'
import { totalsLine } from './totals.ts'

const conditions = ['@proprio/source', 'node', 'import', 'module', 'default']

export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    execArgv: ['--conditions=@proprio/source'],
    include: ['files/*.stress.ts'],
    maxConcurrency: 200,
    maxWorkers: 8,
    bail: 10,
    reporters: ['agent', totalsLine()],
  },
})
