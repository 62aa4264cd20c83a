// First of all: the suite runs on the Node that is pinned, whatever the machine has.
import { expect, test } from 'vitest'
import { rootManifest } from './workspace.ts'

test('Node is the one that devDependencies pin', () => {
  expect(rootManifest.devDependencies?.['node']).toBe('24.21.0')
  expect(process.version).toBe('v24.21.0')
})
