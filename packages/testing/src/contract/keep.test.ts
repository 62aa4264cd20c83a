// The committed file: when it is written, what is told when it is not kept, and what cannot be a contract.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  catalogue,
  choice,
  describe as describeCatalogue,
  flag,
  id,
  integer,
  occurrence,
  operation,
  text,
} from '@proprio/api'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keepContract, type Update } from './index.ts'
import { updateOf } from './update.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proprio-contract-'))
  file = join(folder, 'flow.contract.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const trigger = choice(['cron', 'user'], 'What began it.', { dimension: true })
const flow = (attributes = {}, version = '1.4.0') =>
  catalogue(
    'flow',
    { version, context: { user: id('Who asked.') } },
    { workflow: { run: operation({ summary: 'One run.', span: 'run', attributes: { trigger, ...attributes } }) } },
  )
const grown = () => flow({ cached: flag('From cache.') })
const broken = () => flow({ trigger: choice(['cron'], 'What began it.', { dimension: true }) })

const written = (): string => readFileSync(file, 'utf8')
const keep = (subject: unknown, update: Update) => {
  const { pass, message } = keepContract(subject, file, { update })
  return { pass, message: message().replaceAll(file, 'flow.contract.json') }
}

describe('update: new', () => {
  test('records what is not there, in folders that are not there', () => {
    const deep = join(folder, 'contracts', 'deep', 'flow.json')
    expect(keepContract(flow(), deep, { update: 'new' }).pass).toBe(true)
    expect(JSON.parse(readFileSync(deep, 'utf8'))).toEqual(describeCatalogue(flow()))
    expect(keep(flow(), 'new')).toEqual({
      pass: true,
      message:
        'expected the contract of flow in flow.contract.json to be broken, and it is not: it was recorded for the first time',
    })
  })

  test('records what breaks nothing', () => {
    keep(flow(), 'new')
    expect(keep(grown(), 'new')).toEqual({
      pass: true,
      message: expect.stringContaining('what has changed breaks nothing, and was recorded') as string,
    })
    expect(JSON.parse(written())).toEqual(describeCatalogue(grown()))
  })

  test('leaves the file as it is where nothing has changed, also in another version', () => {
    keep(flow(), 'new')
    const before = statSync(file).ino
    expect(keep(flow({}, '2.0.0'), 'new')).toEqual({
      pass: true,
      message: expect.stringContaining('nothing has changed') as string,
    })
    expect(statSync(file).ino).toBe(before)
    expect(written()).toContain('"version": "1.4.0"')
  })

  test('fails where something breaks, and leaves the file as it is', () => {
    keep(flow(), 'new')
    const before = written()
    expect(keep(broken(), 'new').pass).toBe(false)
    expect(written()).toBe(before)
  })
})

describe('update: none', () => {
  test('fails where there is no file, and writes none', () => {
    expect(keep(flow(), 'none')).toEqual({
      pass: false,
      message:
        'flow.contract.json, the contract of flow, is not there. Run the tests outside CI, which writes the file, and commit it.',
    })
    expect(readdirSync(folder)).toEqual([])
  })

  test('fails where something has changed that breaks nothing', () => {
    keep(flow(), 'new')
    const before = written()
    expect(keep(grown(), 'none')).toMatchInlineSnapshot(`
      {
        "message": "the contract of flow has changed in ways that break nothing, and flow.contract.json does not say so yet:

        workflow.run attribute cached: added

      Run the tests outside CI, which writes the file, and commit it.",
        "pass": false,
      }
    `)
    expect(written()).toBe(before)
  })

  test('fails where something breaks, and passes where nothing has changed', () => {
    keep(flow(), 'new')
    expect(keep(broken(), 'none')).toMatchObject({
      pass: false,
      message: expect.stringContaining('is broken by 1 change:') as string,
    })
    expect(keep(flow(), 'none').pass).toBe(true)
  })
})

describe('update: all', () => {
  test('records whatever there is', () => {
    keep(flow(), 'all')
    expect(keep(broken(), 'all')).toEqual({
      pass: true,
      message: expect.stringContaining('it was recorded anew') as string,
    })
    expect(JSON.parse(written())).toEqual(describeCatalogue(broken()))
  })

  test('over what cannot be read', () => {
    writeFileSync(file, '<<<<<<< ours')
    expect(keep(flow(), 'all').pass).toBe(true)
    expect(keep(flow(), 'none').pass).toBe(true)
  })
})

describe('without update', () => {
  test.each<[Record<string, string>, Update]>([
    [{}, 'new'],
    [{ CI: 'true' }, 'none'],
    [{ CI: '1' }, 'none'],
    [{ CI: '' }, 'new'],
    [{ CI: 'false' }, 'new'],
    [{ PROPRIO_UPDATE_CONTRACTS: 'new', CI: 'true' }, 'new'],
    [{ PROPRIO_UPDATE_CONTRACTS: '1' }, 'all'],
    [{ PROPRIO_UPDATE_CONTRACTS: '1', CI: 'true' }, 'all'],
    [{ PROPRIO_UPDATE_CONTRACTS: '0', CI: 'true' }, 'none'],
  ])('the environment %o says %s', (environment, update) => expect(updateOf(environment)).toBe(update))

  test('it is that of the process', () => {
    try {
      vi.stubEnv('PROPRIO_UPDATE_CONTRACTS', '')
      vi.stubEnv('CI', 'true')
      expect([keepContract(flow(), file).pass, keepContract(flow(), file, { update: undefined }).pass]).toEqual([
        false,
        false,
      ])
      vi.stubEnv('CI', undefined)
      expect([keepContract(flow(), file).pass, keepContract(broken(), file).pass]).toEqual([true, false])
      vi.stubEnv('PROPRIO_UPDATE_CONTRACTS', '1')
      expect(keepContract(broken(), file).pass).toBe(true)
    } finally {
      vi.unstubAllEnvs()
    }
  })
})

describe('what is told', () => {
  const before = () =>
    catalogue(
      'flow',
      { version: '1.4.0', context: { user: id('Who asked.') } },
      {
        workflow: {
          run: operation({
            summary: 'One run.',
            span: 'run',
            slow: { warn: '30s' },
            attributes: {
              trigger: choice(['cron', 'user', 'api'], 'What began it.', { dimension: true }),
              findings: integer('Findings.', { unit: '{finding}', measure: 'counter' }),
              wait: integer('Wait.', { unit: 's' }),
              node: text('Node.'),
              before: text('Before.', { deprecated: { renamedTo: 'node' } }),
            },
          }),
          retried: occurrence({ summary: 'Tried again.', level: 'warn', attributes: {} }),
        },
      },
    )
  const after = (version: string) =>
    catalogue(
      'flow',
      { version, context: { user: id('Who asked.', { sensitive: 'hash' }) } },
      {
        workflow: {
          run: operation({
            summary: 'One run of a workflow.',
            span: ['run {trigger}', 'run'],
            buckets: [1, 10],
            attributes: {
              trigger: choice(['cron', 'user', 'webhook'], 'What began it.'),
              found: integer('Findings.', { unit: '{finding}' }),
              wait: integer('Wait.', { unit: 'ms' }),
              node: text('Node.', { name: 'flow.node', required: true }),
            },
          }),
          again: occurrence({ summary: 'Tried again.', level: 'warn', attributes: {} }),
        },
      },
    )

  test('of what breaks: each with its mend, then the others, then how to accept it', () => {
    keep(before(), 'new')
    expect(keep(after('1.5.0'), 'new').message).toMatchInlineSnapshot(`
      "the contract of flow in flow.contract.json is broken by 12 changes:

        context user: sensitive changed from none to "hash": the values on the wire are others
          Accept it where the values should never have left as they did. Else add a sensitive attribute under another key, and keep this one with deprecated: { renamedTo: '…' } for one more version.

        workflow.retried: removed, or renamed from workflow.retried to workflow.again? (with it: metric flow.workflow.retried.count)
          Keep workflow.retried beside workflow.again, with deprecated: { renamedTo: 'workflow.again' }, for one more version.

        workflow.run: its span's names changed from ["run"] to ["run {trigger}","run"]
          Keep its span's names as before: what tells spans apart can be an attribute.

        workflow.run: slow.warn changed from 30 to none (seconds)
          Keep a limit for slow.warn.

        workflow.run attribute findings: removed, or renamed from findings to found?
          Keep findings beside found, with deprecated: { renamedTo: 'found' }, for one more version.

        workflow.run attribute trigger: its values lack "api"
          Keep them in the list, also where nothing gives them any more.

        workflow.run attribute trigger: is no longer a dimension: metrics cannot be grouped by it
          Keep its dimension on it.

        workflow.run attribute wait: its unit changed from "s" to "ms"
          Keep it as it was, with deprecated: { renamedTo: '…' }, for one more version, and add what is new under another key.

        workflow.run attribute node: its name on the wire changed from flow.workflow.node to flow.node
          Give it name: 'flow.workflow.node'. Or keep that name for one more version under another key, with deprecated: { renamedTo: 'node' }.

        workflow.run attribute node: became required: calls that do not give it no longer compile
          Keep it optional.

        metric flow.workflow.run.findings: workflow.run no longer records it
          Keep its measure on the attribute findings.

        metric flow.workflow.run.duration: its buckets changed from [0.005,0.01,0.025,0.05,0.075,0.1,0.25,0.5,0.75,1,2.5,5,7.5,10,30,60,120,300] to [1,10]
          Keep it as it was, and record what is new as another metric.

      5 others break nothing:
        workflow.run: its summary changed
        workflow.run attribute before: removed, as announced, in favour of node
        workflow.run attribute trigger: takes "webhook" too
        workflow.run attribute found: added
        workflow.again: added

      To accept it, raise the catalogue's version, which is 1.5.0, to a new major one and record the contract anew: run the tests with \`vitest -u\`, or with PROPRIO_UPDATE_CONTRACTS=1. What was never released breaks nobody, and needs the recording only."
    `)
  })

  test('with a new major version, or below 1 a new minor one: that this is how it is accepted', () => {
    const last = (was: string, now: string): string | undefined => {
      keep(flow({}, was), 'all')
      return keep(catalogue('flow', { version: now }, {}), 'none')
        .message.split('\n\n')
        .at(-1)
    }
    const said =
      'The version went from 1.4.0 to 2.0.0, which says that something breaks. If this is what breaks, record the contract anew: run the tests with `vitest -u`, or with PROPRIO_UPDATE_CONTRACTS=1.'
    expect(last('1.4.0', '2.0.0')).toBe(said)
    expect(last('0.4.0', '0.5.0')).toBe(said.replace('1.4.0', '0.4.0').replace('2.0.0', '0.5.0'))
    const unsaid =
      "To accept it, raise the catalogue's version, which is 1.5.0, to a new major one and record the contract anew: run the tests with `vitest -u`, or with PROPRIO_UPDATE_CONTRACTS=1. What was never released breaks nobody, and needs the recording only."
    expect(last('1.4.0', '1.5.0')).toBe(unsaid)
    expect(last('2.0.0', '1.5.0')).toBe(unsaid)
    expect(last('0.4.0', '0.4.1')).toBe(unsaid.replace('1.5.0', '0.4.1'))
    expect(last('main', 'next')).toBe(unsaid.replace('1.5.0', 'next'))
  })

  test('of one other change: in the singular', () => {
    keep(flow(), 'new')
    const one = flow({ trigger: choice(['cron', 'api'], 'What began it.', { dimension: true }) })
    expect(keep(one, 'new').message).toContain(
      '\n\n1 other breaks nothing:\n  workflow.run attribute trigger: takes "api" too\n\n',
    )
  })
})

describe('the file', () => {
  test('is the same for the same catalogue, however its description is ordered, with a line’s end at its end', () => {
    keep(describeCatalogue(flow()), 'new')
    const first = written()
    expect(first).toMatchInlineSnapshot(`
      "{
        "description": 1,
        "name": "flow",
        "version": "1.4.0",
        "context": [
          {
            "key": "user",
            "name": "flow.user",
            "kind": "id",
            "summary": "Who asked.",
            "required": false
          }
        ],
        "eventTypes": [
          {
            "type": "workflow.run",
            "name": "flow.workflow.run",
            "layer": "workflow",
            "kind": "operation",
            "summary": "One run.",
            "level": "error",
            "span": {
              "kind": "internal",
              "names": [
                "run"
              ]
            },
            "announce": false,
            "attributes": [
              {
                "key": "trigger",
                "name": "flow.workflow.trigger",
                "kind": "choice",
                "summary": "What began it.",
                "required": false,
                "values": [
                  "cron",
                  "user"
                ],
                "dimension": {}
              }
            ],
            "metrics": [
              {
                "name": "flow.workflow.run.duration",
                "instrument": "histogram",
                "unit": "s",
                "summary": "One run.",
                "buckets": [
                  0.005,
                  0.01,
                  0.025,
                  0.05,
                  0.075,
                  0.1,
                  0.25,
                  0.5,
                  0.75,
                  1,
                  2.5,
                  5,
                  7.5,
                  10,
                  30,
                  60,
                  120,
                  300
                ],
                "dimensions": [
                  "flow.workflow.trigger",
                  "error.type"
                ]
              }
            ]
          }
        ]
      }
      "
    `)
    keep(reversed(describeCatalogue(flow())), 'all')
    expect(written()).toBe(first)
  })

  test('is written whole: nothing is left beside it, also where it cannot be written', () => {
    keep(flow(), 'all')
    expect(readdirSync(folder)).toEqual(['flow.contract.json'])
    expect(() => keepContract(flow(), folder, { update: 'all' })).toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
    expect(readdirSync(join(folder, '..')).filter((name) => name.startsWith(`${folder.split('/').at(-1)}.`))).toEqual(
      [],
    )
  })

  test('may be a URL', () => {
    expect(keepContract(flow(), pathToFileURL(file), { update: 'new' }).pass).toBe(true)
    expect(keep(flow(), 'none').pass).toBe(true)
  })

  test.each<[string, string, RegExp]>([
    [
      'is no JSON',
      '<<<<<<< ours',
      /^flow\.contract\.json is no JSON: .+\. Take it back from version control, or record it anew: /,
    ],
    ['is empty', '', /^flow\.contract\.json is no JSON: /],
    ['is null', 'null', /^flow\.contract\.json is no description of a catalogue: it is no object\. Take it back /],
    ['is another JSON', '{"name":"flow"}', /: it\.description is not 1\. Take it back /],
    [
      'lacks a part',
      '{"description":1,"name":"flow","version":"1","context":[],"eventTypes":[{"type":"a.b","layer":7}]}',
      /: it\.eventTypes\[0\]\.layer is no string\. Take it back /,
    ],
    [
      'is of another form',
      '{"description":2}',
      /^flow\.contract\.json is a description of form 2, and this version of @proprio\/testing reads form 1\. Use the version that wrote it, or record it anew: run the tests with `vitest -u`/,
    ],
  ])('that %s is an error that says what to do', (_what, content, message) => {
    writeFileSync(file, content)
    for (const update of ['new', 'none'] as const) {
      const thrown = thrownBy(() => keepContract(flow(), file, { update }))
      expect(thrown.message.replaceAll(file, 'flow.contract.json')).toMatch(message)
      expect(written()).toBe(content)
    }
  })

  test('that cannot be opened is the error of the file system', () =>
    expect(() => keepContract(flow(), folder, { update: 'none' })).toThrow('EISDIR'))
})

describe('what cannot be asked', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a name', 'flow'],
    ['another object', { workflow: {} }],
    ['an emitter', flow().workflow.run],
    ['a description of another form', { ...describeCatalogue(flow()), description: 2 }],
  ])('%s keeps no contract', (_what, subject) => {
    expect(() => keepContract(subject, file, { update: 'all' })).toThrow(TypeError)
    expect(() => keepContract(subject, file, { update: 'all' })).toThrow('Give what catalogue() of the same copy of')
    expect(readdirSync(folder)).toEqual([])
  })

  test.each<[string, unknown]>([
    ['no path', undefined],
    ['an empty path', ''],
    ['a number', 7],
  ])('%s is no file', (_what, path) =>
    expect(() => keepContract(flow(), path as string)).toThrow(
      "Give its path or URL: new URL('flow.contract.json', import.meta.url)",
    ),
  )

  test('another word for update', () =>
    expect(() => keepContract(flow(), file, { update: 'some' as Update })).toThrow(
      new TypeError("update is some. Choose 'all', 'new' or 'none'"),
    ))
})

function thrownBy(fn: () => unknown): Error {
  try {
    fn()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('it threw no error')
}

/** With the keys of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, one]) => [key, reversed(one)] as const)
      .toReversed(),
  )
}
