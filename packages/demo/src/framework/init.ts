// Start-up: warm, from the database that a former run left, or cold, with a new one. That there is none to start from is expected.
import { loom } from '../catalogue.ts'
import { connect, type Connection } from '../database/connection.ts'

export interface Started {
  readonly start: 'warm' | 'cold'
  readonly connection: Connection
}

/** Opens `file`, or makes it. */
export function init(file: string): Started {
  const former = loom.framework.init({ start: 'warm' }, (op) => {
    try {
      connect(file, { readOnly: true }).close()
      return connect(file, { readOnly: false })
    } catch (error) {
      op.fail(error, { level: 'warn' })
      return undefined
    }
  })
  if (former) return { start: 'warm', connection: former }
  return loom.framework.init({ start: 'cold' }, () => ({
    start: 'cold',
    connection: connect(file, { readOnly: false }),
  }))
}
