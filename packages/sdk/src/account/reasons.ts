// Why a record was lost: a closed set, so that dashboards, alerts and tests can name each one.

export const DropReason = {
  /** The queue was at its bound in bytes or in records. */
  queueFull: 'queue_full',
  /** Larger than the whole queue, or refused with 413 when it was alone in its request. */
  tooLarge: 'too_large',
  /** It could not be encoded; its neighbours were. */
  serializeError: 'serialize_error',
  /** The receiver could not be reached, or asked for patience, for longer than a batch is kept. */
  retryExhausted: 'retry_exhausted',
  /** The receiver answered with a status that must not be retried. */
  permanentStatus: 'permanent_status',
  /** Still queued or in flight when the time for shutting down was over. */
  shutdownDeadline: 'shutdown_deadline',
  /** Handed over after the shutdown. */
  alreadyShutdown: 'already_shutdown',
  /** A stock exporter threw or reported a failure, or ours could not be set up. */
  exporterError: 'exporter_error',
  /** A stock exporter never called back. */
  exportTimeout: 'export_timeout',
  /** The process ended before it was delivered. */
  processLost: 'process_lost',
} as const

export type DropReason = (typeof DropReason)[keyof typeof DropReason]
