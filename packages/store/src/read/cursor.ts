// Read stage: cursors. One says behind which row the next page begins (keyset, never an offset: rows come and go), and to
// which question it belongs, so that it cannot be put to another by mistake.
import { StoreError } from '../errors.ts'

export interface Position {
  /** The last row given. */
  readonly id: number
  readonly order: 'newest' | 'oldest'
  readonly filterKey: string
}

const FORM = /^1\.([no])\.([0-9a-z]{1,8})\.([0-9]{1,16})$/

export function writeCursor({ id, order, filterKey }: Position): string {
  return Buffer.from(`1.${order[0]}.${fingerprint(filterKey)}.${id}`).toString('base64url')
}

/** The id to go on behind. */
export function readCursor(cursor: string, { order, filterKey }: Omit<Position, 'id'>): number {
  const [, way, filter, id] = FORM.exec(Buffer.from(cursor.slice(0, 100), 'base64url').toString('latin1')) ?? []
  if (id === undefined) throw badCursor('is none that this version wrote', 'Give the nextCursor of a page.')
  if (way !== order[0] || filter !== fingerprint(filterKey)) {
    throw badCursor('belongs to another filter or order', 'Ask with the filter and order of the page it came from.')
  }
  return Number(id)
}

function badCursor(problem: string, mend: string): StoreError {
  return new StoreError('PROPRIO_STORE_BAD_CURSOR', 'page.cursor', problem, mend)
}

/** FNV-1a, 32 bits: against mistakes, not against malice, for a cursor opens nothing that its question would not. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(36)
}
