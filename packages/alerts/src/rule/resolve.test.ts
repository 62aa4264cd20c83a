// What a rule becomes, and what cannot be one: each mistake named by its field, with the reason and the mend.
import { describe, expect, test } from 'vitest'
import { AlertsError, resolveRule, resolveRules } from '../index.ts'

const options = { intervalMs: 10_000 }
const slow = { name: 'slow', when: { operation: { type: 'codegen.run' }, statistic: 'p95' }, warn: '2s', error: '30s' }

test('limits of durations are seconds, and each is a threshold of its own', () => {
  const { thresholds, windowMs, by } = resolveRule(
    { ...slow, for: '1m', runbook: 'https://runbooks/slow', labels: { team: 'a' } },
    options,
  )
  expect([windowMs, by]).toEqual([300_000, []])
  expect(thresholds).toMatchObject([
    {
      severity: 'warn',
      limit: 2,
      clear: 1.8,
      forMs: 60_000,
      keepFiringMs: 0,
      minimumSamples: 20,
      absent: 'resolve',
      labels: { team: 'a' },
    },
    { severity: 'error', limit: 30, clear: 27, annotations: { runbook_url: 'https://runbooks/slow' } },
  ])
})

test('below, and below zero, what is over is on the other side', () => {
  const of = (rule: object) =>
    resolveRule({ name: 'r', when: { measure: 'm' }, ...rule }, options).thresholds.map(({ limit, clear }) => [
      limit,
      clear,
    ])
  expect(of({ below: true, warn: 10, error: 5 })).toEqual([
    [10, 11],
    [5, 5.5],
  ])
  expect(of({ warn: -10, clear: 0.5 })).toEqual([[-10, -15]])
  expect(of({ error: 10, clear: 1 })).toEqual([[10, 10]])
})

describe('what cannot be a rule', () => {
  test.for<[rule: unknown, message: string]>([
    [undefined, 'rule: is missing. Give an object'],
    [{ ...slow, wran: 1 }, 'rule.wran: is no field of a rule. There are name, when, warn'],
    [{ ...slow, name: 'two words' }, 'rule.name: "two words" is no name'],
    [{ ...slow, when: {} }, 'rule.when: says neither an operation nor a measure, or both'],
    [{ ...slow, when: { operation: {}, statistic: 'p95' } }, 'rule.when.operation: says nothing'],
    [
      { ...slow, when: { operation: { kind: 'x' }, statistic: 'p95' } },
      'rule.when.operation.kind: does not choose operations',
    ],
    [
      { ...slow, when: { operation: { type: 'a' }, statistic: 'p96' } },
      'rule.when.statistic: is "p96". Give one of p50, p90, p95',
    ],
    [{ ...slow, when: { measure: 'm', statistic: 'p95' } }, 'rule.when.statistic: is "p95". Give one of last, mean'],
    [{ ...slow, warn: '2 minutes' }, 'rule.warn: "2 minutes" is no limit. Give seconds, or a text'],
    [{ ...slow, warn: Number.NaN }, 'rule.warn: NaN is no limit'],
    [{ ...slow, when: { measure: 'm' } }, 'rule.warn: "2s" is no limit. Give a number in the unit of what is measured'],
    [{ ...slow, warn: '30s', error: '2s' }, 'rule.warn: is not reached before error. Give a warn below the error'],
    [{ ...slow, below: true }, 'rule.warn: is not reached before error. Give a warn above the error'],
    [{ name: 'r', when: slow.when }, 'rule: has no limit. Give warn, error, or both'],
    [{ ...slow, window: '5s' }, 'rule.window: is shorter than the 10000 ms between two evaluations'],
    [{ ...slow, for: '5' }, 'rule.for: "5" is no duration'],
    [{ ...slow, clear: 0 }, 'rule.clear: is 0. Give a share of the limit above 0 and up to 1'],
    [{ ...slow, minimumSamples: 1.5 }, 'rule.minimumSamples: is 1.5. Give a whole number from 0'],
    [{ ...slow, absent: 'zero' }, 'rule.absent: is "zero". Give one of ignore, fire, resolve'],
    [{ ...slow, by: 'route' }, 'rule.by: is a string. Give a list of attribute names'],
    [{ ...slow, labels: { team: 5 } }, 'rule.labels.team: is a number. Give a text'],
  ])('%#', ([rule, message]) => {
    expect(() => resolveRule(rule, options)).toThrow(AlertsError)
    expect(() => resolveRule(rule, options)).toThrow(message)
  })

  test('two of one name', () => {
    expect(() => resolveRules([slow, { ...slow }], options)).toThrow(
      'rules[1].name: "slow" is the name of rules[0] too',
    )
  })
})
