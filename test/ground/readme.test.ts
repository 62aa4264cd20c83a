import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { blockProblems, blocksOf, compile, lay, programsOf, runs } from './readme.ts'
import { packages, root, rootManifest } from './workspace.ts'

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...packages.map(({ folder }) => `${folder}/README.md`),
]
const scripts = Object.keys(rootManifest.scripts ?? {})
const folderOf = (path: string): string => join(root, '.cache/readme', path.replaceAll('/', '_'))

describe.each(documents)('%s', (path) => {
  const markdown = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : ''
  const blocks = blocksOf(markdown)
  const programs = programsOf(blocks)
  const folder = folderOf(path)
  lay(folder, root, programs)

  test('is there', () => expect(markdown).not.toBe(''))
  test('shell and JSON blocks are well formed', async () =>
    expect((await Promise.all(blocks.map((block) => blockProblems(block, scripts)))).flat()).toEqual([]))
  if (programs.length > 0) test('code blocks compile', async () => expect(await compile(folder)).toBe(''))
  test.each(programs.filter((program) => program.runs))('$name runs', async ({ name }) =>
    expect(await runs(folder, name)).toBe(''),
  )
})

const made = `# Made
\`\`\`ts
// greeting.ts
export const greeting: string = 'hello'
\`\`\`
Text.
\`\`\`ts
import { greeting } from './greeting.ts'
\`\`\`
and then
\`\`\`ts continues
if (greeting !== 'hello') throw new Error(greeting)
\`\`\`
\`\`\`ts no-run
await new Promise(() => {})
\`\`\`
1. in a list
   \`\`\`js
   throw new Error('thrown on purpose')
   \`\`\`
\`\`\`ts
const wrong: number = 'text'
\`\`\`
\`\`\`sh
npm run nothing-like-it
if
\`\`\`
\`\`\`json
{ wrong }
\`\`\`
\`\`\`typescript
not checked
\`\`\`
`

describe('a README made for this test', () => {
  const blocks = blocksOf(made)
  const programs = programsOf(blocks)
  const folder = folderOf('made')
  lay(folder, root, programs)

  test('blocks become programs that keep their lines', () =>
    expect(programs.map(({ name, text, runs }) => [name, text.split('\n').length, runs])).toEqual([
      ['greeting.ts', 4, true],
      ['line-8.ts', 12, true],
      ['line-15.ts', 15, false],
      ['line-19.js', 19, true],
      ['line-22.ts', 22, true],
    ]))

  test('what does not compile is told by its line', async () => {
    const said = await compile(folder)
    expect(said).toContain('line-22.ts(22,7): error TS2322')
    expect(said.match(/error/g)).toHaveLength(1)
  })

  test('what runs runs, what throws is told', async () => {
    expect(await runs(folder, 'line-8.ts')).toBe('')
    expect(await runs(folder, 'line-19.js')).toContain('thrown on purpose')
  })

  test('a missing script, broken shell, broken JSON and another name for TypeScript are told', async () => {
    const said = (await Promise.all(blocks.map((block) => blockProblems(block, ['test'])))).flat().join('\n')
    expect(said).toContain('line 25: npm run nothing-like-it: no such script')
    expect(said).toContain('syntax error')
    expect(said).toContain('line 29: SyntaxError')
    expect(said).toContain('line 32: say ts, not typescript')
  })
})
