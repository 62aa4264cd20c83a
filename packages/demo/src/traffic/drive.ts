// Real requests over real sockets, a few at a time.
import type { PlannedRequest } from './plan.ts'

export interface Driven {
  readonly requests: number
  /** By the hundreds of the status: `2xx`. */
  readonly byClass: Readonly<Record<string, number>>
  readonly bytes: number
}

/** Sends the requests, `atOnce` of them side by side, and reads every answer to its end. */
export async function drive(
  address: string,
  requests: readonly PlannedRequest[],
  { atOnce, onAnswer }: { readonly atOnce: number; onAnswer(answered: number): void },
): Promise<Driven> {
  const waiting = requests.values()
  const byClass: Record<string, number> = {}
  let bytes = 0
  let answered = 0
  const worker = async (): Promise<void> => {
    for (const { method, target, body } of waiting) {
      const response = await fetch(address + target, {
        method,
        redirect: 'manual',
        ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
      })
      bytes += (await response.arrayBuffer()).byteLength
      const statusClass = `${Math.floor(response.status / 100)}xx`
      byClass[statusClass] = (byClass[statusClass] ?? 0) + 1
      onAnswer(++answered)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return { requests: answered, byClass, bytes }
}
