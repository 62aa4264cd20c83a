import { defineConfig } from 'vitest/config'

const conditions = ['@proprio/source', 'node', 'import', 'module', 'default']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    execArgv: ['--conditions=@proprio/source'],
    testTimeout: 30_000,
  },
})
