// The way in: what an SDK processor or an OTLP receiver tells a store.
import type { LogRecord, SpanRecord, StartedSpan } from './record/record.ts'

/**
 * Takes records. `started`, `span` and `log` return at once, never throw and never reject, whatever they are handed;
 * a record that cannot be kept is counted in `stats().evicted`.
 */
export interface Writer {
  /** A span began; it is running until `span` is told of the same ids. */
  started(span: StartedSpan): void
  /** A span ended. The record is kept by reference: it must not change afterwards. */
  span(record: SpanRecord): void
  log(record: LogRecord): void
  /** Settles when everything written so far is where the store keeps it. */
  flush(): Promise<void>
  /** Forgets everything that is stored. */
  clear(): Promise<void>
  /** Flushes, ends every `follow`, and takes no more. Idempotent. */
  close(): Promise<void>
}
