import { describe, expect, test } from 'vitest'
import { withUnit } from './units.ts'

describe('the unit at the end of a name', () => {
  test.each([
    ['http_server_request_duration', 's', 'histogram', 'http_server_request_duration_seconds'],
    ['process_memory_usage', 'By', 'gauge', 'process_memory_usage_bytes'],
    ['written', 'By', 'counter', 'written_bytes'],
    ['written_total', 'By', 'counter', 'written_bytes'],
    ['loom_codegen_files', '{file}', 'counter', 'loom_codegen_files'],
    ['cpu_utilization', '1', 'gauge', 'cpu_utilization_ratio'],
    ['hits', '1', 'counter', 'hits'],
    ['throughput', 'By/s', 'gauge', 'throughput_bytes_per_second'],
    ['requests', '{request}/min', 'gauge', 'requests_per_minute'],
    ['wait_seconds', 's', 'histogram', 'wait_seconds'],
    ['cost', 'USD', 'counter', 'cost_USD'],
    ['plain', '', 'gauge', 'plain'],
  ] as const)('%s in %s, a %s, is %s', (name, unit, kind, expected) => {
    expect(withUnit(name, unit, kind)).toBe(expected)
  })
})
