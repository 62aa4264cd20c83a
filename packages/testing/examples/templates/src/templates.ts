// eta with telemetry, as the author of a framework puts it around a library: public methods of one engine are wrapped, and nothing in eta is changed.
import { relative } from 'node:path'
import {
  Eta,
  type EtaConfig,
  EtaFileResolutionError,
  EtaNameResolutionError,
  type Options,
  type TemplateFunction,
} from 'eta'
import { pages } from './catalogue.ts'

type Data = Readonly<Record<string, unknown>>

export interface Templates extends Disposable {
  /** Compiles a template and keeps it as `@name`. */
  define(name: `@${string}`, source: string): void
  /** Fills in a template: `@name`, or a file in the folder `views`. */
  render(template: string, data: Data): string
  /** The same for files that await something. */
  renderAsync(template: string, data: Data): Promise<string>
}

export function templates(site: string, config?: Partial<EtaConfig>): Templates {
  const eta = new Eta({ cache: true, ...config })
  const here = <Result>(fn: () => Result): Result => pages.within({ site }, fn)
  observeCompiling(eta)
  observeRendering(eta)
  const kept = countKept(eta)
  const observed = pages.template.kept.observe((report) => here(() => report(kept.size)))
  return {
    define: (name, source) => here(() => eta.loadTemplate(name, eta.compile(source, { filepath: name }))),
    render: (template, data) => here(() => eta.render(template, data)),
    renderAsync: (template, data) => here(() => eta.renderAsync(template, data)),
    [Symbol.dispose]: () => observed[Symbol.dispose](),
  }
}

function observeCompiling(eta: Eta): void {
  const compiled = pages.template.compile.wrap((source: string, { filepath = '' }: Partial<Options> = {}) => ({
    template: filepath.startsWith('@') ? filepath : relative(eta.config.views ?? '', filepath),
    bytes: Buffer.byteLength(source),
  }))
  eta.compile = compiled(eta.compile)
}

type Meta = { filepath: string } | undefined

function observeRendering(eta: Eta): void {
  const told = new WeakSet<Error>()
  const begin = (template: string | TemplateFunction, meta: Meta, store: Eta['templatesSync']): void => {
    if (typeof template !== 'string') return
    const place = template.startsWith('@') ? template : eta.resolvePath(template, meta ?? {})
    if (store.get(place)) pages.template.reused.add(1, { template })
  }
  // An error passes all templates on its way up, and is told by the innermost.
  const fail = (template: string | TemplateFunction, error: unknown): never => {
    const isMissing = error instanceof EtaNameResolutionError || error instanceof EtaFileResolutionError
    if (isMissing && !told.has(error)) {
      told.add(error)
      pages.template.missing({ template: nameOf(template) })
    }
    throw error
  }
  const { render, renderAsync } = eta
  // eta hands `meta` to a template that another one includes, and to no other.
  eta.render = function (template, data, meta) {
    return pages.template.render({ template: nameOf(template), as: meta ? 'part' : 'page' }, (op) => {
      try {
        begin(template, meta, this.templatesSync)
        const text = render.call(this, template, data, meta)
        op.set({ bytes: Buffer.byteLength(text) })
        return text
      } catch (error) {
        return fail(template, error)
      }
    })
  }
  eta.renderAsync = function (template, data, meta) {
    return pages.template.render({ template: nameOf(template), as: meta ? 'part' : 'page' }, async (op) => {
      try {
        begin(template, meta, this.templatesAsync)
        const text = await renderAsync.call(this, template, data, meta)
        op.set({ bytes: Buffer.byteLength(text) })
        return text
      } catch (error) {
        return fail(template, error)
      }
    })
  }
}

const nameOf = (template: string | TemplateFunction): string => (typeof template === 'string' ? template : 'a function')

function countKept({ templatesSync, templatesAsync }: Eta): ReadonlySet<TemplateFunction> {
  const kept = new Set<TemplateFunction>()
  for (const store of [templatesSync, templatesAsync]) {
    const { define } = store
    store.define = (name, template) => {
      kept.add(template)
      define.call(store, name, template)
    }
  }
  return kept
}
