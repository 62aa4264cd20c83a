// Our packages as whoever has installed them has them: built, and loaded by Node and not by vite.
import { defineConfig } from 'vitest/config'
import { told } from './told.ts'

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['*.suite.ts'],
    execArgv: ['--expose-gc'],
    testTimeout: 600_000,
    maxWorkers: 1,
    reporters: [told],
    server: { deps: { external: [/\/packages\/\w+\/dist\//] } },
  },
})
