// Documents by their address, which is the path of the request that reads them. The statements of the generated API.
import type { Connection, Row } from './connection.ts'
import { quoted } from './migrate.ts'

export interface Page {
  readonly limit: number
  readonly offset: number
}

export interface Documents {
  find(table: string, address: string): unknown
  list(table: string, parent: string, page: Page): unknown[]
  /** Documents that hold `term`, those that hold it most often first, and how many there are. */
  search(table: string, term: string, page: Page): { readonly found: unknown[]; readonly total: number }
  insert(table: string, address: string, document: object): void
  insertAll(table: string, rows: readonly (readonly [address: string, document: object])[]): void
  /** Merges `changes` into the document; false when there is none. */
  update(table: string, address: string, changes: object): boolean
  remove(table: string, address: string): boolean
}

const parentOf = (address: string): string => address.slice(0, Math.max(0, address.lastIndexOf('/')))
const documentOf = (row: Row): unknown => JSON.parse(String(row['document']))

const insertInto = (table: string) =>
  ({ verb: 'INSERT', table, text: `INSERT INTO ${quoted(table)} VALUES (?, ?, ?)` }) as const
const values = (address: string, document: object): string[] => [address, parentOf(address), JSON.stringify(document)]

/** The documents of a connection. A statement that fails throws what SQLite says. */
export function documents(connection: Connection): Documents {
  return {
    find(table, address) {
      const text = `SELECT document FROM ${quoted(table)} WHERE address = ?`
      return connection.rows({ verb: 'SELECT', table, text }, address).map(documentOf)[0]
    },
    list(table, parent, { limit, offset }) {
      const text = `SELECT document FROM ${quoted(table)} WHERE parent = ? ORDER BY address LIMIT ? OFFSET ?`
      return connection.rows({ verb: 'SELECT', table, text }, parent, limit, offset).map(documentOf)
    },
    search(table, term, { limit, offset }) {
      const text = `
        WITH hit AS (
          SELECT document, length(document) - length(replace(lower(document), lower(?), '')) AS score
          FROM ${quoted(table)} WHERE document LIKE '%' || ? || '%'
        )
        SELECT document, (SELECT count(*) FROM hit) AS total FROM hit ORDER BY score DESC LIMIT ? OFFSET ?`
      const rows = connection.rows({ verb: 'SELECT', table, text }, term, term, limit, offset)
      return { found: rows.map(documentOf), total: Number(rows[0]?.['total'] ?? 0) }
    },
    insert: (table, address, document) => void connection.write(insertInto(table), values(address, document)),
    insertAll: (table, rows) =>
      void connection.write(insertInto(table), ...rows.map(([address, document]) => values(address, document))),
    update(table, address, changes) {
      const text = `UPDATE ${quoted(table)} SET document = json_patch(document, ?) WHERE address = ?`
      return connection.write({ verb: 'UPDATE', table, text }, [JSON.stringify(changes), address]) > 0
    },
    remove(table, address) {
      const text = `DELETE FROM ${quoted(table)} WHERE address = ?`
      return connection.write({ verb: 'DELETE', table, text }, [address]) > 0
    },
  }
}
