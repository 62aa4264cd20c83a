// The signals by which everything is accounted for.

/** The three OpenTelemetry signals; metrics are counted in data points. */
export type Signal = 'spans' | 'logs' | 'metrics'
