// The same 1,000 tests without it.
import { register } from '@proprio/sdk'
import { expect, test } from 'vitest'
import { sell } from './shop.ts'

register({ service: 'test', otlp: false, signals: false })

for (let items = 1; items <= 1000; items++)
  test(`sells ${items}`, () => {
    expect(sell(items)).toBe(items)
  })
