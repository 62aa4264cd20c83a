import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startVitest } from 'vitest/node'
import { closingLine } from './closing-line.ts'
import { root } from './workspace.ts'

const files = {
  'a.test.ts': `import { test } from 'vitest'
    test('passes', () => {})
    test('passes, too', () => {})
    test('fails', () => { throw new Error('no') })
    test.skip('skipped', () => {})`,
  'b.test.ts': `import './not-there.ts'`,
  'c.test.ts': `import { test } from 'vitest'
    test('passes, but', () => { setTimeout(() => { throw new Error('too late') }) })
    test('waits', () => new Promise((resolve) => setTimeout(resolve, 100)))`,
}

test('counts what passed and failed, files that do not load and errors outside of tests included', async () => {
  const folder = mkdtempSync(join(root, 'node_modules/.closing-line-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const said: string[] = []
  const exitCode = process.exitCode
  const vitest = await startVitest('test', [], {
    root: folder,
    config: false,
    watch: false,
    include: ['*.test.ts'],
    exclude: [],
    reporters: [closingLine((text) => said.push(text))],
  })
  await vitest.close()
  process.exitCode = exitCode
  rmSync(folder, { recursive: true })
  expect(said).toEqual(['\n4 passed, 3 failed, 1 skipped\n'])
})
