// The database: every statement goes through one place, which is where it is seen.
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { loom } from '../catalogue.ts'

export interface Statement {
  readonly verb: 'CREATE' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'
  /** Left out where a statement is about many. */
  readonly table?: string
  /** With a `?` for each value. */
  readonly text: string
}
export type Row = Readonly<Record<string, unknown>>

export interface Connection {
  /** Runs a statement and gives its rows. */
  rows(statement: Statement, ...values: SQLInputValue[]): Row[]
  /** Runs a statement that writes, once for each set of values, all or none. Gives how many rows were written. */
  write(statement: Statement, ...sets: SQLInputValue[][]): number
  /** Runs statements without values, one after the other. */
  script(statement: Statement): void
  close(): void
}

/** Opens a database file. Throws when it cannot be opened: to read, it must be there. */
export function connect(file: string, { readOnly }: { readonly readOnly: boolean }): Connection {
  const database = loom.database.connect({ file, readOnly }, () => {
    const opened = new DatabaseSync(file, { readOnly })
    opened.exec(readOnly ? 'PRAGMA query_only = 1' : 'PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF')
    return opened
  })
  return {
    rows: (statement, ...values) =>
      loom.database.query(told(statement), (op) => {
        const rows = database.prepare(statement.text).all(...values)
        op.set({ rows: rows.length })
        return rows
      }),
    write: (statement, ...sets) =>
      loom.database.query(told(statement), (op) => {
        const changed = writeAll(database, statement.text, sets)
        op.set({ changed })
        return changed
      }),
    // A script is longer than an attribute may be.
    script: ({ verb, text }) => loom.database.query({ system: 'sqlite', operation: verb }, () => database.exec(text)),
    close: () => database.close(),
  }
}

const told = ({ verb, table, text }: Statement) => ({
  system: 'sqlite',
  operation: verb,
  collection: table,
  statement: text,
})

function writeAll(database: DatabaseSync, text: string, sets: readonly SQLInputValue[][]): number {
  const prepared = database.prepare(text)
  const write = (values: SQLInputValue[]): number => Number(prepared.run(...values).changes)
  if (sets.length === 1) return write(sets[0] ?? [])
  database.exec('BEGIN')
  try {
    const changed = sets.reduce((sum, values) => sum + write(values), 0)
    database.exec('COMMIT')
    return changed
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}
