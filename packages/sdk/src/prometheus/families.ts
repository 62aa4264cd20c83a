// Between collecting and writing: metric data that the text form can hold. Each name belongs to one kind of metric, each series is
// written once, and the resource keeps to itself what an open endpoint must not tell. What has to be left out is said once.
import type { Attributes } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { Resource } from '@opentelemetry/resources'
import { DataPointType } from '@opentelemetry/sdk-metrics'
import type { MetricData, ResourceMetrics, ScopeMetrics } from '@opentelemetry/sdk-metrics'
import { labelsOf, textOf, validName } from './labels.ts'
import { joined } from './points.ts'
import type { WritableMetric } from './points.ts'
import { withUnit } from './units.ts'

type Scope = ScopeMetrics['scope']

interface Family {
  readonly scope: Scope
  readonly metrics: WritableMetric[]
}

/** `omitted` is told why a metric is not written. */
export function writable({ resource, scopeMetrics }: ResourceMetrics, omitted: (why: string) => void): ResourceMetrics {
  const owners = new Map([['target_info', 'the resource']])
  const families = new Map<string, Family>()
  for (const { scope, metrics } of scopeMetrics) {
    for (const metric of metrics) {
      if (metric.dataPointType === DataPointType.EXPONENTIAL_HISTOGRAM) {
        omitted(`${metric.descriptor.name} is an exponential histogram, which the text form cannot hold`)
        continue
      }
      const name = familyName(metric)
      const rival = rivalFor(name, kindOf(metric), owners)
      if (rival !== undefined) {
        omitted(`${metric.descriptor.name} would be written as ${name}, which is taken by ${rival}`)
        continue
      }
      const key = JSON.stringify([name, scope.name, scope.version, scope.schemaUrl])
      const family = families.get(key)
      if (family === undefined) families.set(key, { scope, metrics: [metric] })
      else family.metrics.push(metric)
    }
  }
  return { resource: spoken(resource), scopeMetrics: [...families.values()].map(written) }
}

function written({ scope, metrics }: Family): ScopeMetrics {
  const [first] = metrics
  if (first === undefined) return { scope, metrics: [] }
  const { description, unit, valueType } = first.descriptor
  const descriptor = { name: nameOf(first), description: textOf(description), unit: textOf(unit), valueType }
  return {
    scope: {
      name: textOf(scope.name),
      ...(scope.version !== undefined && { version: textOf(scope.version) }),
      ...(scope.schemaUrl !== undefined && { schemaUrl: textOf(scope.schemaUrl) }),
    },
    metrics: [{ ...first, descriptor, dataPoints: joined(metrics) } as MetricData],
  }
}

type Kind = 'counter' | 'gauge' | 'histogram'

function kindOf(metric: WritableMetric): Kind {
  if (metric.dataPointType === DataPointType.HISTOGRAM) return 'histogram'
  return metric.dataPointType === DataPointType.SUM && metric.isMonotonic ? 'counter' : 'gauge'
}

function nameOf(metric: WritableMetric): string {
  const { name, unit } = metric.descriptor
  return withUnit(validName(textOf(name)), textOf(unit), kindOf(metric))
}

/** The name in the text form, as the exporter makes it. */
function familyName(metric: WritableMetric): string {
  const name = nameOf(metric)
  return kindOf(metric) === 'counter' && !name.endsWith('_total') ? `${name}_total` : name
}

/** Who else has one of the names this metric would write; when nobody has, they are its own from now on. */
function rivalFor(name: string, kind: Kind, owners: Map<string, string>): string | undefined {
  const owner = `the ${kind} ${name}`
  const names = kind === 'histogram' ? [name, `${name}_bucket`, `${name}_count`, `${name}_sum`] : [name]
  const rival = names.map((one) => owners.get(one)).find((one) => one !== undefined && one !== owner)
  if (rival === undefined) for (const one of names) owners.set(one, owner)
  return rival
}

// The endpoint answers whoever can reach it, and a command line may hold secrets.
const untold = new Set([
  'process.command',
  'process.command_args',
  'process.command_line',
  'process.owner',
  'process.executable.path',
])

/** What is known of the resource by now, as labels of target_info. */
function spoken(resource: Resource): Resource {
  const settled = resource.getRawAttributes().filter(([, value]) => !(value instanceof Promise))
  const first = new Map(settled.toReversed())
  const told: Attributes = Object.fromEntries(
    [...first].filter(([key, value]) => !untold.has(key) && value !== undefined),
  )
  return resourceFromAttributes(labelsOf(told))
}
