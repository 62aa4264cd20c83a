// What holds when neither an option nor the environment says otherwise: one value, by the paths of RegisterOptions.
export const defaults = {
  disabled: false,
  detectors: ['service', 'host', 'process'],
  sampler: { name: 'parentbased_always_on', ratio: 1 },
  propagators: ['tracecontext', 'baggage'],
  otlp: {
    endpoint: 'http://localhost:4318',
    protocol: 'http/protobuf',
    compression: 'none',
    timeoutMs: 10_000,
    metrics: { temporality: 'cumulative' },
  },
  prometheus: { host: '127.0.0.1', port: 9464 },
  // The bytes of 65,536 spans of 512 bytes, an encoded span with a dozen attributes; a burst of 10,000 arrives whole.
  spans: {
    maxRecords: 65_536,
    maxBytes: 33_554_432,
    batchRecords: 512,
    batchBytes: 1_048_576,
    delayMs: 5_000,
    exportTimeoutMs: 30_000,
  },
  logs: {
    maxRecords: 65_536,
    maxBytes: 33_554_432,
    batchRecords: 512,
    batchBytes: 1_048_576,
    delayMs: 1_000,
    exportTimeoutMs: 30_000,
  },
  metrics: { intervalMs: 60_000, exportTimeoutMs: 30_000 },
  // Counts are the specification's; it leaves the length of values unlimited, which one 50 MB string turns into seconds of blocking.
  limits: {
    attributeCount: 128,
    valueLength: 8_192,
    events: 128,
    links: 128,
    eventAttributeCount: 128,
    linkAttributeCount: 128,
  },
  store: { maxEvents: 10_000, maxBytes: 67_108_864 },
  events: 'both',
  redact: true,
  flushOnExit: false,
  signals: ['SIGTERM', 'SIGINT'],
  shutdownTimeoutMs: 5_000,
  logLevel: 'warn',
} as const
