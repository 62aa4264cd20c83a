// Every way in which one file names another, by a real parser: static and type imports, re-exports, import(), require(),
// and TypeScript's import types. Strings and comments that merely look like imports are not.
import { extname } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import type { Node } from 'oxc-parser'

export interface Import {
  /** The start of it when the rest is computed; `undefined` when not even the package can be told. */
  readonly specifier: string | undefined
  /** 'lazy' is import(); 'type' leaves nothing behind in the JavaScript. */
  readonly how: 'static' | 'lazy' | 'type'
  /** `export * from`, with no name of its own. */
  readonly everything: boolean
  readonly line: number
}

// `require`, `createRequire(…)`: what loads by a name. Their `.resolve` and `import.meta.resolve` name one, too.
const isRequire = (callee: Node): boolean =>
  callee.type === 'Identifier'
    ? callee.name === 'require'
    : callee.type === 'CallExpression' && callee.callee.type === 'Identifier' && callee.callee.name === 'createRequire'

const isResolve = (callee: Node): boolean =>
  callee.type === 'MemberExpression' &&
  callee.property.type === 'Identifier' &&
  callee.property.name === 'resolve' &&
  (isRequire(callee.object) || callee.object.type === 'MetaProperty')

// Of a template the text before its first `${` is enough when it holds the package's whole name: `node:${name}`, `a/${b}`.
// Of a call its argument is: `require(fileURLToPath(import.meta.resolve('a')))`.
const specifierOf = (node: Node | undefined): string | undefined => {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'CallExpression') return specifierOf(node.arguments[0])
  if (node?.type !== 'TemplateLiteral') return undefined
  const start = node.quasis[0]?.value.cooked ?? ''
  return node.expressions.length === 0 || /^(node:|[^@./][^/]*\/|@[^/]+\/[^/]+\/)/.test(start) ? start : undefined
}

export const importsOf = (path: string, text: string): Import[] => {
  const { program, errors } = parseSync(path, text, { lang: extname(path).endsWith('ts') ? 'ts' : 'js' })
  const [wrong] = errors
  if (wrong) throw new SyntaxError(`${path}: ${wrong.message}`)
  const found: Import[] = []
  const add = (node: Node, source: Node | undefined, how: Import['how'], everything = false): void => {
    found.push({ specifier: specifierOf(source), how, everything, line: text.slice(0, node.start).split('\n').length })
  }
  new Visitor({
    ImportDeclaration: (node) => add(node, node.source, node.importKind === 'type' ? 'type' : 'static'),
    ExportNamedDeclaration: (node) => {
      if (node.source) add(node, node.source, node.exportKind === 'type' ? 'type' : 'static')
    },
    ExportAllDeclaration: (node) =>
      add(node, node.source, node.exportKind === 'type' ? 'type' : 'static', node.exported === null),
    ImportExpression: (node) => add(node, node.source, 'lazy'),
    TSImportType: (node) => add(node, node.source, 'type'),
    TSExternalModuleReference: (node) => add(node, node.expression, 'static'),
    CallExpression: (node) => {
      // To ask where a computed name lies is not yet to import it.
      const asks = isResolve(node.callee) && specifierOf(node.arguments[0]) !== undefined
      if (asks || isRequire(node.callee)) add(node, node.arguments[0], 'static')
    },
  }).visit(program)
  return found
}

/** `@scope/name/deep` → `@scope/name`; a relative specifier and a builtin stay as they are. */
export const packageOf = (specifier: string): string =>
  /^(\.|\/|node:)/.test(specifier) ? specifier : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
