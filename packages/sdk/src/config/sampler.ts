// From config to the sampler of the TracerProvider. Recording is not sampling: whatever decides is wrapped so that spans it would
// leave out are recorded and only not exported. The wrapper must be the outermost sampler: inside a parent-based one it loses
// the children of unsampled spans and traces that a remote parent left unsampled.
import { diag } from '@opentelemetry/api'
import { AlwaysOffSampler, AlwaysOnSampler, ParentBasedSampler, SamplingDecision } from '@opentelemetry/sdk-trace'
import { TraceIdRatioBasedSampler, createAlwaysRecordSampler } from '@opentelemetry/sdk-trace'
import type { Sampler, SamplingResult } from '@opentelemetry/sdk-trace'
import type { SamplerConfig } from './config.ts'
import type { SamplerName } from './names.ts'

const samplers = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (ratio) => new TraceIdRatioBasedSampler(ratio),
  parentbased_always_on: () => new ParentBasedSampler({ root: new AlwaysOnSampler() }),
  parentbased_always_off: () => new ParentBasedSampler({ root: new AlwaysOffSampler() }),
  parentbased_traceidratio: (ratio) => new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
} as const satisfies Record<SamplerName, (ratio: number) => Sampler>

/** The sampler to hand to a TracerProvider: records every span, exports those that the configured sampler picks. */
export function createSampler(config: SamplerConfig | Sampler): Sampler {
  const chosen = 'shouldSample' in config ? guarded(config) : samplers[config.name](config.ratio)
  return createAlwaysRecordSampler(chosen)
}

// A sampler of the application's runs inside startSpan(): what it throws would reach code that only wanted to be traced.
function guarded(sampler: Sampler): Sampler {
  let told = false
  return {
    shouldSample(...of): SamplingResult {
      try {
        return sampler.shouldSample(...of)
      } catch (error) {
        if (!told) diag.error('proprio: the sampler threw, its spans are exported', error)
        told = true
        return { decision: SamplingDecision.RECORD_AND_SAMPLED }
      }
    },
    toString: () => `Guarded{${sampler.toString()}}`,
  }
}
