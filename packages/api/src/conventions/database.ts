// Database calls, by the stable semantic conventions (1.45), copied as constants.
import { integer, text } from '../define/attribute.ts'
import { operation } from '../define/event-type.ts'

/** One call of a database. Convention: span `db.client`. */
export const databaseQuery = operation({
  summary: 'One database call.',
  kind: 'client',
  span: ['{query}', '{operation} {collection}', '{operation}', '{system}'],
  metric: 'db.client.operation.duration',
  buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
  slow: { warn: '500ms', error: '2s' },
  attributes: {
    system: text('Database product: sqlite, postgresql.', {
      name: 'db.system.name',
      dimension: { atMost: 20 },
      required: true,
    }),
    query: text('Summary of the query: verb and targets.', { name: 'db.query.summary', dimension: { atMost: 200 } }),
    operation: text('Verb: SELECT, INSERT.', { name: 'db.operation.name', dimension: { atMost: 50 } }),
    collection: text('Table or collection.', { name: 'db.collection.name', dimension: { atMost: 200 } }),
    namespace: text('Database.', { name: 'db.namespace', dimension: { atMost: 20 } }),
    statement: text('Parameterised query text.', { name: 'db.query.text' }),
    rows: integer('Rows returned.', { name: 'db.response.returned_rows', unit: '{row}' }),
  },
})
