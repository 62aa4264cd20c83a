// One suite in three turns on two cores: the pinned Node first, then what is quick beside each other, then what starts
// processes and listens on sockets, one file at a time, so that nothing waits for a core it was promised.
import { defineConfig } from 'vitest/config'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import { closingLine } from './test/ground/closing-line.ts'

const conditions = ['@proprio/source', 'node', 'import', 'module', 'default']

const first = ['test/ground/node.test.ts']

const processes = [
  'packages/demo/src/**/*.test.ts',
  'packages/sdk/src/*.test.ts',
  'packages/sdk/src/{export,instrument,lifecycle,prometheus}/**/*.test.ts',
  'packages/testing/src/receiver/**/*.test.ts',
  'packages/testing/src/vitest/reporters/**/*.test.ts',
  'test/!(ground)/**/*.test.ts',
  'test/ground/{readme,tarball}.test.ts',
]

const turn = (groupOrder: number, name: string, include: string[], exclude: string[], maxWorkers: number) =>
  ({
    extends: true,
    test: {
      name,
      include,
      exclude: ['**/node_modules/**', '**/dist/**', ...exclude],
      maxWorkers,
      sequence: { groupOrder },
    },
  }) satisfies TestProjectInlineConfiguration

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    execArgv: ['--conditions=@proprio/source'],
    globalSetup: ['test/ground/build.ts'],
    reporters: ['default', closingLine()],
    testTimeout: 30_000,
    projects: [
      turn(0, 'node', first, [], 1),
      turn(1, 'quick', ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'], [...first, ...processes], 2),
      turn(2, 'processes', processes, [], 1),
    ],
  },
})
