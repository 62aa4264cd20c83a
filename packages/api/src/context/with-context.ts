// Well-known ids, said once for everything inside a block, on every span and log record there, other libraries' too. Never on metrics.
import { call } from '../emit/host-function.ts'
import { openAttributes } from '../emit/open-attributes.ts'
import { withFrame } from './frame.ts'

/** Ids of what is going on. Other keys are names on the wire as they are. */
export interface ContextIds {
  readonly workflowId?: string | undefined
  readonly runId?: string | undefined
  readonly projectId?: string | undefined
  readonly pluginName?: string | undefined
  readonly nodeId?: string | undefined
  readonly userId?: string | undefined
  readonly sessionId?: string | undefined
  readonly [key: string]: string | undefined
}

/** `user.id` and `session.id` are semantic conventions (1.45); for the others there is none. */
const wireNames = new Map([
  ['workflowId', 'proprio.workflow.id'],
  ['runId', 'proprio.run.id'],
  ['projectId', 'proprio.project.id'],
  ['pluginName', 'proprio.plugin.name'],
  ['nodeId', 'proprio.node.id'],
  ['userId', 'user.id'],
  ['sessionId', 'session.id'],
])
/** The name on the wire of such an id. */
export const contextName = (key: string): string => wireNames.get(key) ?? key

/** Runs `fn` with these ids on every span and log record inside. */
export function withContext<R>(ids: ContextIds, fn: () => R): R {
  return withFrame(openAttributes(ids, {}, contextName), undefined, {}, () => call(fn))
}
