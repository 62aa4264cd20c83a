// For vitest 5: `test` with a `telemetry`, `expect` with the matchers, and their types.
import type { Signatures } from '../signatures.ts'
import './extend.ts'

declare module 'vitest' {
  // Named as vitest names them, or the two interfaces are not one.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends Signatures<[], R> {}
}

export { expect } from 'vitest'
export { recordEveryTest } from './record.ts'
export { virtualClock } from '../recorder/index.ts'
export { test } from './test.ts'
export { test as it } from './test.ts'
export type { TelemetryFixture } from './test.ts'
export type { TestTelemetry } from '../telemetry/index.ts'
