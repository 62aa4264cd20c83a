// Code blocks of the READMEs as programs: laid out as files, compiled against the built packages, run from the source.
// A block's fence may say, after its language:
//   no-run      it compiles, but cannot run here (it needs a server, or runs for ever)
//   continues   it goes on where the block before it ended, in the same file
// A first line `// name.ts` is the file's name, so that later blocks can import it.
import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { marked } from 'marked'

export interface Block {
  readonly language: string
  readonly words: readonly string[]
  readonly text: string
  /** Of its first line of text, from 1. */
  readonly line: number
}

export interface Program {
  readonly name: string
  readonly text: string
  readonly runs: boolean
}

const run = promisify(execFile)

export const blocksOf = (markdown: string): Block[] => {
  const blocks: Block[] = []
  let at = 0
  marked.walkTokens(marked.lexer(markdown), (token) => {
    if (token.type !== 'code') return
    // By its fence: inside a list the token's text has lost its indentation.
    const [fence = ''] = token.raw.trimStart().split('\n')
    at = markdown.indexOf(fence, at)
    const [language = '', ...words] = String(token['lang'] ?? '').split(/\s+/)
    blocks.push({ language, words, text: String(token['text']), line: markdown.slice(0, at).split('\n').length + 1 })
    at += fence.length + String(token['text']).length
  })
  return blocks
}

const code = new Set(['ts', 'js', 'mts', 'mjs', 'cts', 'cjs'])

// Line n of the program is line n of the README, so that an error's place is right.
const padded = (before: string, { text, line }: Block): string =>
  before + '\n'.repeat(Math.max(0, line - before.split('\n').length)) + text

/** The programs in a README, in their order. */
export const programsOf = (blocks: readonly Block[]): Program[] => {
  const programs: Program[] = []
  for (const block of blocks.filter(({ language }) => code.has(language))) {
    const runs = !block.words.includes('no-run')
    const last = programs.at(-1)
    if (last && block.words.includes('continues')) {
      programs.splice(-1, 1, { name: last.name, text: padded(last.text, block), runs: last.runs && runs })
      continue
    }
    const [, named] = /^\/\/ ([\w.-]+\.[cm]?[jt]s)\b/.exec(block.text) ?? []
    programs.push({ name: named ?? `line-${block.line}.${block.language}`, text: padded('', block), runs })
  }
  return programs
}

// A language by another name would escape the checks.
const otherNames: Readonly<Record<string, string>> = {
  typescript: 'ts',
  tsx: 'ts',
  javascript: 'js',
  jsx: 'js',
  bash: 'sh',
  shell: 'sh',
}

/** What can be said of a block without running it: a language that is checked, shell that parses, scripts that exist, JSON that is. */
export const blockProblems = async (block: Block, scripts: readonly string[]): Promise<string[]> => {
  const { language, text, line } = block
  const name = otherNames[language]
  if (name !== undefined) return [`line ${line}: say ${name}, not ${language}`]
  if (language === 'json') {
    try {
      JSON.parse(text)
    } catch (error) {
      return [`line ${line}: ${String(error)}`]
    }
  }
  if (language !== 'sh') return []
  const unknown = [...text.matchAll(/^(?:\$ )?npm (?:run )?([\w:-]+)/gm)]
    .filter(([whole, name = '']) => (whole.includes(' run ') || name === 'test') && !scripts.includes(name))
    .map(([whole]) => `line ${line}: ${whole}: no such script`)
  const parsed = await run('bash', ['-n', '-c', text]).then(
    () => [],
    (error: { stderr: string }) => [`line ${line}: ${error.stderr}`],
  )
  return [...unknown, ...parsed]
}

/** Writes the programs into `folder`, which lies below the repository's root so that packages are found as in any project. */
export const lay = (folder: string, root: string, programs: readonly Program[]): void => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }))
  const compilerOptions = {
    composite: false,
    declarationMap: false,
    emitDeclarationOnly: false,
    noEmit: true,
    allowJs: true,
    checkJs: true,
    moduleDetection: 'force',
    customConditions: [],
    rootDir: root,
    outDir: null,
    tsBuildInfoFile: null,
  }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, references: [], include: ['*'] }),
  )
  for (const { name, text } of programs) writeFileSync(join(folder, name), `${text}\n`)
}

/** What the compiler says of everything in `folder`; empty when it is content. */
export const compile = (folder: string): Promise<string> =>
  run('tsc', ['-p', '.', '--pretty', 'false'], { cwd: folder }).then(
    () => '',
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  )

const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(OTEL_|NODE_OPTIONS|VITEST)/.test(name)))

/** Runs one program as its reader would; the answer is '' or how it failed. */
export const runs = (folder: string, name: string): Promise<string> =>
  run(process.execPath, ['--conditions=@proprio/source', name], {
    cwd: folder,
    timeout: 20_000,
    env: environment(),
  }).then(
    () => '',
    ({ message, stdout, stderr }: Error & { stdout: string; stderr: string }) => `${message}\n${stdout}\n${stderr}`,
  )
