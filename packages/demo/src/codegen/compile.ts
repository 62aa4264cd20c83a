// Compilation: TypeScript 7 as a child process. What it refuses is told line by line, and is the failure of the compilation.
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { loom } from '../catalogue.ts'
import type { Project } from './generate.ts'
import type { Route } from './route.ts'

/** The compiler refused what was generated. */
export class CompileError extends Error {
  override readonly name = 'CompileError'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    const [first] = problems
    super(`${problems.length} problems, the first: ${first ? `${first.code} ${first.problem}` : 'unknown'}`)
    this.problems = problems
  }
}

export interface Problem {
  readonly file: string
  readonly line: number
  readonly code: string
  readonly problem: string
}

interface GeneratedModule {
  readonly routes: Readonly<Record<string, Route>>
}

/** Problems that are told one by one; all of them are in the error. */
const toldAtMost = 5

/** Compiles a generated project. Rejects with a {@link CompileError}. */
export function compile({ variant, folder }: Project): Promise<readonly Route[]> {
  return loom.codegen.compile({ variant }, async (op) => {
    const problems = await runCompiler(folder)
    op.set({ problems: problems.length })
    for (const problem of problems.slice(0, toldAtMost)) loom.codegen.problem({ variant, ...problem })
    if (problems.length > 0) throw new CompileError(problems)
    const built = (await import(pathToFileURL(join(folder, 'out', 'routes.js')).href)) as GeneratedModule
    return Object.values(built.routes)
  })
}

// The generator brings its own TypeScript 5, so the compiler has a name of its own.
const require = createRequire(import.meta.url)
const compiler = join(require.resolve('typescript-native/package.json'), '..', 'bin', 'tsc')

async function runCompiler(folder: string): Promise<Problem[]> {
  try {
    await promisify(execFile)(process.execPath, [compiler, '--project', folder, '--pretty', 'false'], { cwd: folder })
    return []
  } catch (error) {
    const output: unknown = Reflect.get(error as object, 'stdout')
    const problems = typeof output === 'string' ? parseProblems(output) : []
    if (problems.length === 0) throw error
    return problems
  }
}

/** Reads `routes.ts(3,7): error TS2300: Duplicate identifier 'a'.` */
export function parseProblems(output: string): Problem[] {
  const line = /^(.+?)\((\d+),\d+\): error (TS\d+): (.+)$/gm
  return [...output.matchAll(line)].map(([, file = '', at = '', code = '', problem = '']) => ({
    file,
    line: Number(at),
    code,
    problem,
  }))
}
