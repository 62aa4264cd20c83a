// Who asks our providers: noted by the file on the stack, and nothing else is different for them.
import { expect, test, vi } from 'vitest'
import { createApiUsers } from './api-users.ts'

const provider = {
  name: 'p',
  getTracer: vi.fn(function (this: { name: string }, scope: string) {
    return `${this.name} ${scope}`
  }),
}

test('answers as before, with the provider as `this`, and notes only copies of the API', () => {
  const users = createApiUsers()
  users.watch(provider, 'getTracer')
  expect(provider.getTracer('x')).toBe('p x')
  expect(users.files()).toEqual([])
})

test('an application’s own form of a stack, or one that throws, hurts nobody', () => {
  const users = createApiUsers()
  users.watch(provider, 'getTracer')
  const { prepareStackTrace, stackTraceLimit } = Error
  try {
    Error.prepareStackTrace = () => ['/app/node_modules/@opentelemetry/api/dist/index.mjs:1:1']
    expect(provider.getTracer('x')).toBe('p x')
    Error.prepareStackTrace = () => {
      throw new Error('on purpose')
    }
    expect(provider.getTracer('x')).toBe('p x')
  } finally {
    Error.prepareStackTrace = prepareStackTrace
  }
  expect(users.files()).toEqual(['/app/node_modules/@opentelemetry/api/dist/index.mjs'])
  expect(Error.stackTraceLimit).toBe(stackTraceLimit)
})
