// For vitest 4: what ./index.ts gives for vitest 5, with the types of vitest 4. The two have an interface of one name with other parameters, which no one
// declaration can extend; tsconfig.v4.json holds this one to vitest 4.
import type { Signatures } from '../signatures.ts'
import './extend.ts'

declare module 'vitest' {
  // Named as vitest names it, or the two interfaces are not one. What is asymmetric is a matcher of whatever it stands for.
  // oxlint-disable-next-line typescript/no-explicit-any -- of vitest's own
  interface Matchers<T = any> extends Signatures<[], any> {}
  // oxlint-disable-next-line typescript/no-explicit-any -- of vitest's own
  interface AsymmetricMatchersContaining extends Signatures<[], any> {}
}

export { expect } from 'vitest'
export { recordEveryTest } from './record.ts'
export { virtualClock } from '../recorder/index.ts'
export { test } from './test.ts'
export { test as it } from './test.ts'
export type { TelemetryFixture } from './test.ts'
export type { TestTelemetry } from '../telemetry/index.ts'
