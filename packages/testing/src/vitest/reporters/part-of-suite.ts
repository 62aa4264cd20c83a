// vitest, main process: whether all of the suite ran. From a part of it nothing follows about what no test emits.
import type { TestModule, TestRunEndReason, TestSpecification, Vitest } from 'vitest/node'

export interface Run {
  readonly vitest: Vitest
  readonly specifications: readonly TestSpecification[]
  readonly modules: readonly TestModule[]
  readonly reason: TestRunEndReason
}

/** Why only a part of the suite ran; undefined where all of it did. */
export async function whyOnlyPart({ vitest, specifications, modules, reason }: Run): Promise<string | undefined> {
  const { config } = vitest
  if (reason === 'interrupted') return 'the run was interrupted'
  const pattern = vitest.getGlobalTestNamePattern()
  if (pattern !== undefined) return `only tests named ${pattern} ran`
  if (config.tagsFilter?.length) return `only tests with the tags ${config.tagsFilter.join(', ')} ran`
  if (config.project?.length) return `only the project ${[config.project].flat().join(', ')} ran`
  if (specifications.some(isNarrowed)) return 'only some tests of a file ran'
  if (modules.some(hasOnly)) return 'only tests marked with .only ran'
  // By files, by --changed, by --shard: what ran is held against what there is.
  const ran = new Set(modules.map(keyOf))
  const all = new Set((await vitest.globTestSpecifications()).map(keyOf))
  const missing = [...all].filter((key) => !ran.has(key)).length
  return missing === 0 ? undefined : `${all.size - missing} of ${all.size} test files ran`
}

const keyOf = ({ project, moduleId }: Pick<TestModule, 'project' | 'moduleId'>): string =>
  JSON.stringify([project.name, moduleId])

const isNarrowed = (specification: TestSpecification): boolean =>
  ['testLines', 'testIds', 'testNames', 'testNamePattern', 'testTagsFilter'].some((filter) => {
    const value: unknown = Reflect.get(specification, filter)
    return Array.isArray(value) ? value.length > 0 : value !== undefined
  })

// vitest 5 says so on the task behind a module, vitest 4 nowhere.
const hasOnly = (module: TestModule): boolean =>
  (module as { readonly task?: { readonly containsOnly?: boolean } }).task?.containsOnly === true
