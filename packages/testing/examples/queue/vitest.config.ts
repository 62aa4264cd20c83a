import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    reporters: [
      'default',
      // Every event type of the catalogue is emitted by some test, and not only in failing form: else the run fails.
      ['@proprio/testing/vitest/coverage-reporter', { floor: 1 }],
      '@proprio/testing/vitest/trace-reporter',
    ],
  },
})
