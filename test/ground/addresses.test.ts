import { expect, test } from 'vitest'
import { addressProblems } from './addresses.ts'
import { tracked } from './workspace.ts'

// Joined from pieces, so that this file itself stays free of them.
const joined = (...pieces: readonly string[]): string => pieces.join('')

test('no tracked file names a registry host, a download address or a path of a machine', () => {
  const files = tracked()
  expect(files.map(({ path }) => path)).toContain('package-lock.json')
  expect(files.flatMap(({ path, text }) => addressProblems(path, text))).toEqual([])
})

test.each([
  ['registry host', joined('"resolved": "https://registry', '.npmjs.org/a/-/a"')],
  ['registry host', joined('index-url = https://py', 'pi.org/simple')],
  ['registry host', joined('GOPROXY=https://proxy', '.golang.org')],
  ['download address', joined('curl -L https://example.com/releases/a-1.0.', 'tar.gz')],
  ['download address', joined('"a": "https://example.com/a-1.0.', 'tgz"')],
  ['path of a machine', joined("read('", '/home', "/someone/project/a.ts')")],
  ['path of a machine', joined('file://', '/root', '/.npm')],
  ['path of a machine', joined('C:', '\\\\Users', '\\\\someone')],
])('fails: %s in %s', (what, text) =>
  expect(addressProblems('a', `\n${text}`)).toEqual([expect.stringContaining(`a:2: ${what}`)]),
)

test.each([
  'https://example.com/home/page',
  'GET /users/1',
  './home/a',
  'https://opentelemetry.io/docs/',
  '`${root}/work/a`',
])('holds: %s', (text) => expect(addressProblems('a', text)).toEqual([]))
