// Bound emitters and functions, by the context that their listeners see.
import { EventEmitter, once } from 'node:events'
import { type Context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api'
import { afterEach, expect, test } from 'vitest'
import { contextManager } from './manager.ts'

const key = createContextKey('test')
const manager = contextManager()
const named = (name: string): Context => ROOT_CONTEXT.setValue(key, name)
const seen = (): unknown => manager.active().getValue(key)
afterEach(() => expect(seen()).toBeUndefined())

test('listeners of a bound emitter run in its context, whenever they were added, and get what was emitted', () => {
  const emitter = new EventEmitter()
  const got: unknown[] = []
  emitter.on('event', (...args: unknown[]) => got.push(['before', seen(), ...args]))
  expect(manager.bind(named('a'), emitter)).toBe(emitter)
  manager.with(named('elsewhere'), () => emitter.prependListener('event', () => got.push(['after', seen()])))
  manager.with(named('caller'), () => expect(emitter.emit('event', 1, 2)).toBe(true))
  expect(got).toEqual([
    ['after', 'a'],
    ['before', 'a', 1, 2],
  ])
  expect(emitter.emit('nobody listens')).toBe(false)
})

test('the first binding stays', () => {
  const emitter = manager.bind(named('second'), manager.bind(named('first'), new EventEmitter()))
  const got: unknown[] = []
  emitter.on('event', () => got.push(seen()))
  emitter.emit('event')
  expect(got).toEqual(['first'])
})

test('listeners are the application’s own: once, removed, counted, with the emitter as this', async () => {
  const emitter = manager.bind(named('a'), new EventEmitter())
  const got: unknown[] = []
  const listener = function (this: unknown): void {
    got.push(this)
  }
  emitter.once('event', listener)
  emitter.emit('event')
  emitter.on('event', listener).off('event', listener)
  emitter.emit('event')
  expect(got).toEqual([emitter])
  expect(emitter.listeners('event')).toEqual([])
  const waiting = once(emitter, 'event')
  emitter.emit('event', 'value')
  expect(await waiting).toEqual(['value'])
})

test('what a listener throws, and an error that nobody listens for, reach who emitted', () => {
  const emitter = manager.bind(named('a'), new EventEmitter())
  const error = new Error('nobody listens')
  expect(() => emitter.emit('error', error)).toThrow(error)
  emitter.on('event', () => {
    throw error
  })
  expect(() => emitter.emit('event')).toThrow(error)
})

test('a bound function runs in its context; anything else comes back as it is', () => {
  expect(manager.bind(named('a'), () => seen())()).toBe('a')
  const value = { no: 'function' }
  expect(manager.bind(named('a'), value)).toBe(value)
})
