import { describe, test } from 'vitest'
import { memoryStore } from '@proprio/store'
import { storeContract } from '@proprio/store/contract'

describe('the memory store keeps the contract', () => {
  for (const { capability, name, run } of storeContract) test(`${capability}: ${name}`, () => run(memoryStore()))
})
