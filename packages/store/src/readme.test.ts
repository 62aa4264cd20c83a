// The README's own store, exactly as printed, held to the contract cases that the README claims for it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Store } from '@proprio/store'
import { storeContract } from '@proprio/store/contract'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const block = /```ts\n(\/\/ sqlite-store\.ts\n[\s\S]*?)```/.exec(readme)?.[1] ?? ''
const claimed = new Set(/new Set\(\[(.*?)\]\)/.exec(readme)?.[1]?.match(/\w+/g))

const folder = new URL('../../../.cache/store-readme/', import.meta.url)
mkdirSync(folder, { recursive: true })
const file = new URL('sqlite-store.ts', folder)
writeFileSync(file, block)
const { sqliteStore } = (await import(pathToFileURL(file.pathname).href)) as { sqliteStore: (path: string) => Store }

test('the store of the README is a few dozen lines', () => {
  expect(block.trim().split('\n').length).toBeLessThan(60)
  expect([...claimed]).toEqual(['events', 'filters', 'pages', 'stats', 'aggregate', 'follow', 'lifecycle'])
})

describe('the store of the README keeps what it claims', () => {
  for (const { capability, name, run } of storeContract) {
    if (claimed.has(capability)) test(`${capability}: ${name}`, () => run(sqliteStore(':memory:')))
  }
})
