// 1,000 tests with the harness.
import { expect, test } from '@proprio/testing/vitest'
import { sell } from './shop.ts'

for (let items = 1; items <= 1000; items++)
  test(`sells ${items}`, () => {
    expect(sell(items)).toBe(items)
  })
