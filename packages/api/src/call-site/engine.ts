// The engine that emits it: the call sites that the types are made for.
import type { Link } from '../index.ts'
import { flow } from './flow.ts'

interface Node {
  readonly name: string
  readonly id: string
  run(input: string): Promise<string>
}
interface Chunk {
  readonly text: string
  readonly usage?: { readonly input: number; readonly output: number; readonly usd?: number }
}
export interface Model {
  stream(prompt: string): Promise<AsyncIterable<Chunk>>
}

export class Engine {
  readonly #name: string
  readonly #nodes: readonly Node[]
  readonly #model: Model

  constructor(name: string, nodes: readonly Node[], model: Model) {
    this.#name = name
    this.#nodes = nodes
    this.#model = model
  }

  run(runId: string, input: string, cause?: Link): Promise<string> {
    return flow.within({ workflow: this.#name, runId }, () =>
      flow.workflow.run({ trigger: 'user' }, { links: cause ? [cause] : [] }, async (op) => {
        let output = input
        for (const node of this.#nodes) output = await this.#node(node, output)
        op.set({ findings: output.length })
        return output
      }),
    )
  }

  #node(node: Node, input: string): Promise<string> {
    return flow.workflow.node.attempts({ node: node.name, nodeId: node.id }, { times: 3, again: retryInAMoment }, () =>
      node.run(input),
    )
  }

  chat(prompt: string): AsyncIterable<string> {
    return flow.llm.request.stream({ provider: 'openai', model: 'gpt-5', prompt: 'review' }, async (op) =>
      textsOf(await this.#model.stream(prompt), (usage) =>
        op.set({ inputTokens: usage?.input, outputTokens: usage?.output, cost: usage?.usd }),
      ),
    )
  }
}

function retryInAMoment(error: unknown, attempt: number): number {
  flow.workflow.retryScheduled({ attempt, delay: 1 }, { error })
  return 1
}

async function* textsOf(chunks: AsyncIterable<Chunk>, used: (usage: Chunk['usage']) => void): AsyncIterable<string> {
  for await (const chunk of chunks) {
    if (chunk.usage) used(chunk.usage)
    yield chunk.text
  }
}
