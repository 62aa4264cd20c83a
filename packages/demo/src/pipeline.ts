// The pipeline, as the commands that a person would type: init, load, build, serve. Ends with the generated API answering.
import { join } from 'node:path'
import { loom } from './catalogue.ts'
import { type CommandName, type Command, type Progress, runCommand, valueOf } from './cli/command.ts'
import { compile } from './codegen/compile.ts'
import { generate, type Variant } from './codegen/generate.ts'
import type { Route } from './codegen/route.ts'
import type { Connection } from './database/connection.ts'
import { documents } from './database/documents.ts'
import { migrate } from './database/migrate.ts'
import { seed } from './database/seed.ts'
import { decorate } from './decorators/decorators.ts'
import { validateExamples } from './decorators/examples.ts'
import { descriptionName, readDescription } from './description/read.ts'
import { init, type Started } from './framework/init.ts'
import { register, type Registry } from './registry/registry.ts'
import { bytes } from './report/format.ts'
import { type Api, serve } from './serve/server.ts'

export interface Running {
  readonly registry: Registry
  readonly address: string
  close(): Promise<void>
}

/** Runs every command in `workspace`, an empty folder. Rejects when one fails that the others need. */
export function runPipeline(workspace: string, progress: Progress): Promise<Running> {
  const run = <T>(name: CommandName, command: Command<T>) => runCommand(name, command, progress)
  return loom.within({ description: descriptionName }, async () => {
    const { connection } = valueOf(await run('init', initialise(workspace)))
    const registry = valueOf(await run('load', load))
    const routes = valueOf(await run('build', build(registry, 'types', workspace)))
    // GitHub's enumerations hold `reactions-+1` and `reactions--1`, which become one and the same member name of an enum: the compiler refuses it.
    await run('build --enums', build(registry, 'enums', workspace))
    const api = valueOf(await run('serve', publish(connection, registry, routes)))
    return {
      registry,
      address: api.address,
      async close() {
        await api.close()
        connection.close()
      },
    }
  })
}

const initialise =
  (workspace: string): Command<Started> =>
  () => {
    const started = init(join(workspace, 'loom.db'))
    return { value: started, summary: `${started.start} start` }
  }

const load: Command<Registry> = async () => {
  const registry = register(await readDescription())
  const decorators = decorate(registry)
  const { valid, invalid, homeless } = validateExamples(registry, decorators)
  const models = `${registry.models.size} models (${decorators.refused.length} refused)`
  const examples = `examples: ${valid} valid, ${invalid} invalid, ${homeless} without a model`
  return { value: registry, summary: `${registry.operations.length} operations, ${models}; ${examples}` }
}

const build =
  (registry: Registry, variant: Variant, workspace: string): Command<readonly Route[]> =>
  async () => {
    const project = await generate(registry, variant, join(workspace, variant))
    const routes = await compile(project)
    return {
      value: routes,
      summary: `${routes.length} routes and their types (${bytes(project.bytes)}) generated and compiled`,
    }
  }

const publish =
  (connection: Connection, registry: Registry, routes: readonly Route[]): Command<Api> =>
  async () => {
    const tables = migrate(
      connection,
      registry,
      routes.map((route) => route.model),
    )
    const stored = documents(connection)
    const seeded = seed(stored, registry, routes, tables)
    const api = await serve({ registry, routes, documents: stored, tables })
    const filled = `${tables.size} tables, ${seeded.documents} documents (${seeded.refused} refused)`
    return { value: api, summary: `${filled}, ${api.address}` }
  }
