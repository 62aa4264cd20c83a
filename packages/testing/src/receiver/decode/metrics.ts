// Decode stage: an ExportMetricsServiceRequest becomes data points. One that cannot be read is counted and leaves the others alone.
import { type Attributes, type Decoded, logsFromOtlp, type Scope } from '@proprio/store'
import type { Point } from '../series/index.ts'
import { listOf, numberOf, objectOf, textOf, timeOf } from './json.ts'
import type { JsonObject } from './json.ts'
import { readers } from './points.ts'

const NO_VALUE = 1

/** The data points of a parsed OTLP/JSON metrics request. Throws when it is none. */
export function pointsFromOtlp(json: unknown): Decoded<Point> {
  const records: Point[] = []
  const problems: string[] = []
  for (const [metric, scoped] of metricsOf(json)) {
    for (const [point, read] of dataPoints(metric, scoped)) {
      try {
        records.push(...read(objectOf(point, 'dataPoints')))
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error))
      }
    }
  }
  return { records, rejected: problems.length, ...(problems[0] !== undefined && { problem: problems[0] }) }
}

/** Each metric, and the list of its scope in which it is. */
function* metricsOf(json: unknown): Generator<[metric: JsonObject, scoped: JsonObject]> {
  for (const group of listOf(objectOf(json, 'request')['resourceMetrics'], 'resourceMetrics')) {
    for (const inner of listOf(objectOf(group, 'resourceMetrics')['scopeMetrics'], 'scopeMetrics')) {
      const scoped = objectOf(inner, 'scopeMetrics')
      for (const metric of listOf(scoped['metrics'], 'metrics')) yield [objectOf(metric, 'metrics'), scoped]
    }
  }
}

type Read = (point: JsonObject) => Point[]

/** Each data point of a metric, and how it is read. */
function dataPoints(metric: JsonObject, scoped: JsonObject): [point: unknown, read: Read][] {
  return Object.entries(readers).flatMap(([kind, reader]) => {
    if (metric[kind] === undefined) return []
    const data = objectOf(metric[kind], kind)
    const read: Read = (point) => {
      if (((numberOf(point['flags'], 'flags') ?? 0) & NO_VALUE) === NO_VALUE) return []
      return [
        {
          name: nameOf(metric),
          unit: textOf(metric['unit'], 'unit'),
          description: textOf(metric['description'], 'description'),
          ...originOf(scoped, point),
          start: timeOf(point['startTimeUnixNano'], 'startTimeUnixNano'),
          time: timeOf(point['timeUnixNano'], 'timeUnixNano'),
          ...reader(data, point),
        },
      ]
    }
    return listOf(data['dataPoints'], 'dataPoints').map((point): [unknown, Read] => [point, read])
  })
}

function nameOf(metric: JsonObject): string {
  const name = textOf(metric['name'], 'name')
  if (name === '') throw new TypeError('a metric has no name')
  return name
}

// The scope and attributes of a data point are written as those of a log record are, and are read as one.
function originOf(scoped: JsonObject, { attributes }: JsonObject): { scope: Scope; attributes: Attributes } {
  const { scope, schemaUrl } = scoped
  const { records, problem } = logsFromOtlp({
    resourceLogs: [{ scopeLogs: [{ scope, schemaUrl, logRecords: [{ attributes }] }] }],
  })
  const [record] = records
  if (record === undefined) throw new TypeError(problem)
  return { scope: record.scope, attributes: record.attributes }
}
