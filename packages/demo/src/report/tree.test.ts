import { PassThrough } from 'node:stream'
import type { Trace, TraceNode } from '@proprio/store'
import { expect, test } from 'vitest'
import { createTerminal } from './terminal.ts'
import { treeLines } from './tree.ts'

const node = (name: string, durationMs: number, more: { children?: TraceNode[]; failed?: string } = {}): TraceNode =>
  ({
    span: { name, attributes: {}, status: more.failed ? { code: 'error', message: more.failed } : { code: 'unset' } },
    event: undefined,
    durationMs,
    occurrences: [],
    children: more.children ?? [],
  }) as unknown as TraceNode

const terminal = createTerminal(new PassThrough() as never)
const lines = (...roots: TraceNode[]): string[] => treeLines({ roots } as unknown as Trace, terminal)

test('a trace is a tree, failures with what went wrong', () => {
  const compile = node('compile', 20, { failed: 'Duplicate identifier' })
  expect(
    lines(node('build', 100, { children: [node('generate', 80, { children: [node('write', 5)] }), compile] })),
  ).toEqual(['build  100 ms', '├─ generate  80 ms', '│  └─ write  5.0 ms', '└─ compile  20 ms  ✗ Duplicate identifier'])
})

test('many siblings of one name are told together', () => {
  const children = Array.from({ length: 5 }, (_, at) => node('decorate', at + 1))
  expect(lines(node('load', 30, { children }))).toEqual(['load  30 ms', '└─ decorate ×5  15 ms in all, 5.0 ms at most'])
})
