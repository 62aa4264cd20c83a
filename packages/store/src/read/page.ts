// Read stage: one page of rows.
import { badValue, checkKeys, checkObject, checkText } from '../filter/check.ts'
import { compileFilter } from '../filter/compile.ts'
import type { Filter } from '../filter/filter.ts'
import type { Page, PageOptions } from '../reader.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { Entry, Scan, Source } from './source.ts'
import { visitEach } from './visit.ts'

/** Rows in one page. */
export const PAGE_LIMIT = { default: 100, most: 10_000 } as const

/** The page of `rows` that match, each made by `rowOf`. */
export async function readPage<Row>(
  source: Source,
  rows: Scan['rows'],
  filter: Filter | undefined,
  page: PageOptions | undefined,
  rowOf: (entry: Entry) => Row,
): Promise<Page<Row>> {
  const { matches, afterId, key: filterKey } = compileFilter(filter)
  const { limit, order, cursor } = checkPage(page)
  const beyond = cursor === undefined ? undefined : readCursor(cursor, { order, filterKey })
  await source.settled?.()

  const found: Entry[] = []
  let truncated = false
  const start = order === 'oldest' && afterId > (beyond ?? -Infinity) ? afterId : beyond
  await visitEach(source.scan({ rows, order, beyond: start }), (entry) => {
    if (order === 'newest' && entry.event.id <= afterId) return false
    if (!matches(entry.event)) return true
    truncated = found.length === limit
    if (!truncated) found.push(entry)
    return !truncated
  })

  const last = found.at(-1)
  const evicted = source.evicted?.()
  return {
    rows: found.map(rowOf),
    truncated,
    ...(truncated && last ? { nextCursor: writeCursor({ id: last.event.id, order, filterKey }) } : undefined),
    ...(evicted !== undefined && { evictedBefore: evicted.time }),
  }
}

function checkPage(page: PageOptions = {}): { limit: number; order: 'newest' | 'oldest'; cursor: string | undefined } {
  checkObject(page, 'page')
  checkKeys(page, ['limit', 'cursor', 'order'], 'page')
  const { limit = PAGE_LIMIT.default, order = 'newest', cursor } = page
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_LIMIT.most) {
    throw badValue('page.limit', `is ${String(limit)}`, `Give a whole number from 1 to ${PAGE_LIMIT.most}.`)
  }
  if (order !== 'newest' && order !== 'oldest') {
    throw badValue('page.order', `is ${String(order)}`, "Give 'newest' or 'oldest'.")
  }
  return { limit, order, cursor: cursor === undefined ? undefined : checkText(cursor, 'page.cursor') }
}
