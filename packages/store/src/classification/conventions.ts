// Classification stage: the table that tells foreign spans apart by OpenTelemetry's semantic conventions, their old and
// their new names. More telling conventions stand first: an SQS call is messaging before it is RPC, an Elasticsearch query
// a database's before it is HTTP.
// Names: semantic conventions 1.45 (http, db, rpc, messaging), semantic-conventions-genai 1.41 and later (gen_ai).
import type { Attributes } from '../record/attributes.ts'
import type { SpanKind } from '../record/record.ts'
import { textOf } from './bookkeeping.ts'

/** The framework event's type; its first word is the layer. */
export type ForeignType = `${string}.${string}`

/** What decides the type within a convention: the value of an attribute, else the span's kind. */
interface Convention {
  /** Any of these present: the record is of this convention. */
  readonly marks: readonly string[]
  /** The first of these that is present names the operation. */
  readonly operation: readonly string[]
  readonly byOperation: Readonly<Record<string, ForeignType>>
  /** Undefined: a span of this kind says nothing by this convention. */
  readonly byKind: Readonly<Record<SpanKind, ForeignType | undefined>>
}

const always = (type: ForeignType) =>
  ({ internal: type, server: type, client: type, producer: type, consumer: type }) as const

const atTheEnds = (server: ForeignType, client: ForeignType) =>
  ({ internal: undefined, server, client, producer: undefined, consumer: undefined }) as const

const TABLE = {
  genAi: {
    marks: ['gen_ai.operation.name', 'gen_ai.provider.name', 'gen_ai.system'],
    operation: ['gen_ai.operation.name'],
    byOperation: {
      execute_tool: 'tool.execution',
      invoke_agent: 'agent.run',
      create_agent: 'agent.create',
      plan: 'agent.plan',
      invoke_workflow: 'workflow.run',
    },
    byKind: always('llm.request'),
  },
  messaging: {
    marks: ['messaging.system.name', 'messaging.system'],
    operation: ['messaging.operation.type', 'messaging.operation'],
    byOperation: {
      create: 'task.create',
      send: 'task.send',
      publish: 'task.send',
      receive: 'task.receive',
      process: 'task.process',
      deliver: 'task.process',
      settle: 'task.settle',
    },
    byKind: { ...always('task.send'), client: 'task.receive', consumer: 'task.process' },
  },
  database: {
    marks: ['db.system.name', 'db.system'],
    operation: [],
    byOperation: {},
    byKind: always('database.query'),
  },
  rpc: {
    marks: ['rpc.system.name', 'rpc.system'],
    operation: [],
    byOperation: {},
    byKind: atTheEnds('api.call', 'provider.call'),
  },
  http: {
    marks: ['http.request.method', 'http.method'],
    operation: [],
    byOperation: {},
    byKind: atTheEnds('api.request', 'provider.request'),
  },
} as const satisfies Record<string, Convention>

const CONVENTIONS: readonly Convention[] = Object.values(TABLE)

/** The type of a foreign record, by the first convention it follows; undefined when it follows none. */
export function conventionalType(attributes: Attributes, kind: SpanKind): ForeignType | undefined {
  const convention = CONVENTIONS.find(({ marks }) => marks.some((mark) => attributes[mark] !== undefined))
  if (convention === undefined) return undefined
  for (const name of convention.operation) {
    const operation = textOf(attributes, name)
    if (operation === undefined || !Object.hasOwn(convention.byOperation, operation)) continue
    return convention.byOperation[operation]
  }
  return convention.byKind[kind]
}

/** An HTTP response's status code, under its new or its old name. */
export function httpStatus(attributes: Attributes): number | undefined {
  const status = attributes['http.response.status_code'] ?? attributes['http.status_code']
  return typeof status === 'number' ? status : undefined
}
