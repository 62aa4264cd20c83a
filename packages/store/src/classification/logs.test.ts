import { describe, expect, test } from 'vitest'
import { classifyLog } from '@proprio/store'
import type { LogRecord } from '@proprio/store'

function log(more: Partial<LogRecord>): LogRecord {
  return { time: [1_790_000_000, 250_000], attributes: {}, scope: { name: 'a library' }, resource: {}, ...more }
}

describe('a log record', () => {
  test('of ours is an occurrence', () => {
    const record = log({
      eventName: 'flow.workflow.retry_scheduled',
      severityNumber: 13,
      body: 'retry 1 in 2 s',
      attributes: { 'proprio.type': 'workflow.retryScheduled', 'proprio.layer': 'workflow', attempt: 1 },
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
    })
    expect(classifyLog(record)).toStrictEqual({
      type: 'workflow.retryScheduled',
      layer: 'workflow',
      level: 'warn',
      message: 'retry 1 in 2 s',
      time: 1_790_000_000_000.25,
      attributes: { attempt: 1 },
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
    })
  })

  test.each(['exception', 'slow', 'started', 'stuck'])('that is the %s part of an operation is no event', (part) => {
    const attributes = { 'proprio.type': 'workflow.run', 'proprio.layer': 'workflow', 'proprio.part': part }
    expect(classifyLog(log({ eventName: 'flow.workflow.run.x', attributes }))).toBeUndefined()
  })

  test.each<[string, string, Partial<LogRecord>]>([
    ['other.log', 'other', { body: 'hello' }],
    ['app.plugin.loaded', 'plugin', { eventName: 'app.plugin.loaded' }],
    ['db.client.operation.exception', 'database', { eventName: 'db.client.operation.exception' }],
    ['my.event', 'database', { eventName: 'my.event', attributes: { 'db.system.name': 'sqlite' } }],
    [
      'http.server.request.exception',
      'api',
      { eventName: 'http.server.request.exception', attributes: { 'http.request.method': 'GET' } },
    ],
    [
      'http.client.request.exception',
      'provider',
      { eventName: 'http.client.request.exception', attributes: { 'http.request.method': 'GET' } },
    ],
    ['gen_ai.evaluation.result', 'llm', { eventName: 'gen_ai.evaluation.result' }],
    ['session.start', 'other', { attributes: { 'event.name': 'session.start' } }],
  ])('of a foreign library: %s in layer %s', (type, layer, record) => {
    expect(classifyLog(log(record))).toMatchObject({ type, layer })
  })

  test.each<[number | undefined, string]>([
    [undefined, 'info'],
    [0, 'info'],
    [1, 'debug'],
    [8, 'debug'],
    [9, 'info'],
    [12, 'info'],
    [13, 'warn'],
    [17, 'error'],
    [20, 'error'],
    [21, 'critical'],
    [24, 'critical'],
  ])('of severity %s is %s', (severityNumber, level) => {
    expect(classifyLog(log({ severityNumber }))?.level).toBe(level)
  })

  test.each<[LogRecord['body'], string]>([
    ['text', 'text'],
    [undefined, 'app.event'],
    [7, '7'],
    [{ user: 'a', list: [1, null] }, '{"user":"a","list":[1,null]}'],
  ])('with body %o says %s', (body, message) => {
    expect(classifyLog(log({ body, eventName: 'app.event' }))?.message).toBe(message)
  })

  test('with an exception carries the error', () => {
    const attributes = { 'exception.type': 'E', 'exception.message': 'm', 'exception.stacktrace': 's' }
    expect(classifyLog(log({ attributes, severityNumber: 17 }))?.error).toStrictEqual({
      type: 'E',
      message: 'm',
      stack: 's',
    })
  })
})
