// The pipeline, as the commands that a person would type: init, load, build, serve. Ends with the generated API answering.
import { join } from 'node:path'
import { loom } from './catalogue.ts'
import { type CommandName, type Command, type Progress, runCommand, valueOf } from './cli/command.ts'
import { compile } from './codegen/compile.ts'
import { generate } from './codegen/generate.ts'
import type { Route } from './codegen/route.ts'
import { documents } from './database/documents.ts'
import { migrate } from './database/migrate.ts'
import { seed } from './database/seed.ts'
import { decorate } from './decorators/decorators.ts'
import { validateExamples } from './decorators/examples.ts'
import { descriptionName, readDescription } from './description/read.ts'
import { init, type Started } from './framework/init.ts'
import { register, type Registry } from './registry/registry.ts'
import { type Api, serve } from './serve/server.ts'

export interface Running {
  readonly registry: Registry
  readonly address: string
  close(): Promise<void>
}

/** Runs every command in `workspace`, an empty folder. Rejects when one fails that the others need. */
export function runPipeline(workspace: string, progress: Progress): Promise<Running> {
  const command = <T>(name: CommandName, one: Command<T>) => runCommand(name, one, progress)
  return loom.within({ description: descriptionName }, async () => {
    const started = valueOf(await command('init', initialise(workspace)))
    const registry = valueOf(await command('load', load))
    const routes = valueOf(await command('build', build(registry, workspace)))
    await command('build --enums', buildEnums(registry, workspace))
    const api = valueOf(await command('serve', publish(started, registry, routes)))
    return {
      registry,
      address: api.address,
      async close() {
        await api.close()
        started.connection.close()
      },
    }
  })
}

const initialise = (workspace: string): Command<Started> => ({
  run: () => init(join(workspace, 'loom.db')),
  summary: ({ start }) => `${start} start`,
})

const load: Command<Registry & { readonly told: string }> = {
  async run() {
    const registry = register(await readDescription())
    const decorators = decorate(registry)
    const { valid, invalid, homeless } = validateExamples(registry, decorators)
    const told = `${registry.operations.length} operations, ${registry.models.size} models (${decorators.refused.length} refused); examples: ${valid} valid, ${invalid} invalid, ${homeless} without a model`
    return { ...registry, told }
  },
  summary: ({ told }) => told,
}

const build = (registry: Registry, workspace: string): Command<readonly Route[]> => ({
  run: async () => compile(await generate(registry, 'types', join(workspace, 'types'))),
  summary: (routes) => `${routes.length} routes generated and compiled`,
})

// GitHub's enumerations hold `reactions-+1` and `reactions--1`, which become one and the same member name of an enum: the compiler refuses it.
const buildEnums = (registry: Registry, workspace: string): Command<readonly Route[]> => ({
  run: async () => compile(await generate(registry, 'enums', join(workspace, 'enums'))),
  summary: (routes) => `${routes.length} routes generated and compiled`,
})

const publish = (
  { connection }: Started,
  registry: Registry,
  routes: readonly Route[],
): Command<Api & { readonly told: string }> => ({
  async run() {
    const tables = migrate(
      connection,
      registry,
      routes.map((route) => route.model),
    )
    const stored = documents(connection)
    const seeded = seed(stored, registry, routes, tables)
    const api = await serve({ registry, routes, documents: stored, tables })
    const told = `${tables.size} tables, ${seeded.documents} documents (${seeded.refused} refused), ${api.address}`
    return { ...api, told }
  },
  summary: ({ told }) => told,
})
