// Read stage: walking over a scan. A store in memory answers in one go: awaiting each of 10,000 rows costs more than
// filtering them.
import type { Entry } from './source.ts'

/** Calls `visit` with each entry until it answers false. */
export async function visitEach(
  entries: Iterable<Entry> | AsyncIterable<Entry>,
  visit: (entry: Entry) => boolean,
): Promise<void> {
  if (Symbol.asyncIterator in entries) {
    for await (const entry of entries) if (!visit(entry)) return
  } else {
    for (const entry of entries) if (!visit(entry)) return
  }
}
