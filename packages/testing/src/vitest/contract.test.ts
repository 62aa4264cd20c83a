// A contract's file, as vitest has its snapshots.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { catalogue, describe, operation } from '@proprio/api'
import { afterEach, beforeEach, vi } from 'vitest'
import { expect, test } from './index.ts'
import { contractArguments } from './contract.ts'

const mill = (span: string) =>
  catalogue('mill', { version: '1.0.0' }, { grain: { grind: operation({ summary: 'A sack.', span, attributes: {} }) } })
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contract-'))
  vi.stubEnv('PROPRIO_UPDATE_CONTRACTS', '')
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test('stands beside the test, unless its path is absolute or a URL', () => {
  const testPath = '/project/src/mill.test.ts'
  expect(contractArguments({ testPath }, ['mill.json'])).toEqual(['/project/src/mill.json', {}])
  expect(contractArguments({ testPath }, ['/there/mill.json'])).toEqual(['/there/mill.json', {}])
  const url = new URL('file:///there/mill.json')
  expect(contractArguments({ testPath }, [url])).toEqual([url, {}])
  expect(contractArguments({}, ['mill.json'])).toEqual(['mill.json', {}])
})

test('is written when vitest writes its snapshots, in both majors, unless the environment says otherwise', () => {
  const options = (state: object) => contractArguments({ snapshotState: state }, ['x'])[1]
  expect(options({ snapshotUpdateState: 'all' })).toEqual({ update: 'all' })
  expect(options({ _updateSnapshot: 'none' })).toEqual({ update: 'none' })
  expect(options({ snapshotUpdateState: 'maybe' })).toEqual({})
  vi.stubEnv('PROPRIO_UPDATE_CONTRACTS', 'new')
  expect(options({ snapshotUpdateState: 'all' })).toEqual({})
})

test('and what breaks it does not pass by itself', () => {
  vi.stubEnv('PROPRIO_UPDATE_CONTRACTS', 'new')
  const file = join(folder, 'mill.json')
  expect(mill('grind')).toKeepContract(file)
  expect(() => expect(describe(mill('mill'))).toKeepContract(file)).toThrow('PROPRIO_UPDATE_CONTRACTS=1')
  expect(readFileSync(file, 'utf8')).toContain('"grind"')
})
