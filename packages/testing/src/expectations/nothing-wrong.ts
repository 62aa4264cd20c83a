// Expectations stage: that nothing has failed, and nothing is left open.
import type { TestTelemetry } from '../telemetry/index.ts'
import { there } from './have.ts'
import type { Outcome } from './outcome.ts'

export function haveNoErrors(telemetry: TestTelemetry): Outcome {
  const failed = telemetry
    .errors()
    .map(({ name, status, attributes }) => `${name}: ${status.message ?? String(attributes['error.type'])}`)
  return {
    pass: failed.length === 0,
    message: () =>
      failed.length === 0
        ? `expected a span that failed, and there is none\n\n${there(telemetry, 'span')}`
        : `expected no span to fail, and ${failed.length} did:\n${failed.join('\n')}\n\n${there(telemetry, 'span')}`,
  }
}

export function haveNoOpenSpans(telemetry: TestTelemetry): Outcome {
  const open = telemetry.open()
  return {
    pass: open.length === 0,
    message: () =>
      open.length === 0
        ? 'expected a span to be open, and there is none'
        : `expected no span to be open\n\n${there(telemetry, 'span')}`,
  }
}
