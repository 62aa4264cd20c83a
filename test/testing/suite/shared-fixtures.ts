// Fixtures that several files share: the module is evaluated once where workers are not isolated, which it notes.
import { appendFileSync } from 'node:fs'
import { test } from '@proprio/testing/vitest'

appendFileSync(new URL('evaluations.log', import.meta.url), 'evaluated\n')

export const withCustomer = test.extend<{ customer: string }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads from the text which fixtures are wanted
  customer: async ({}, use) => use('zoe'),
})

export const concurrently = test.concurrent
