// OTLP stage: an ExportLogsServiceRequest in JSON becomes log records.
import type { LogRecord, Scope } from '../record/record.ts'
import { RestingLog } from '../record/resting.ts'
import type { ResourceReference } from '../record/resting.ts'
import { decodeRequest } from './decode.ts'
import type { Decoded } from './decode.ts'
import { attributesOf, idOf, instantOf, numberOf, textOf, valueOf } from './json.ts'
import type { JsonObject } from './json.ts'

/** The log records of a parsed OTLP/JSON logs request. Throws `PROPRIO_STORE_BAD_OTLP` when it is none. */
export function logsFromOtlp(json: unknown): Decoded<LogRecord> {
  return decodeRequest(json, { resources: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' }, readLog)
}

function readLog(log: JsonObject, scope: Scope, resource: ResourceReference): LogRecord {
  const { body } = log
  return new RestingLog({
    time: instantOf(log['timeUnixNano'], 'log.timeUnixNano') ??
      instantOf(log['observedTimeUnixNano'], 'log.observedTimeUnixNano') ?? [0, 0],
    eventName: textOf(log['eventName'], 'log.eventName'),
    severityNumber: numberOf(log['severityNumber'], 'log.severityNumber') || undefined,
    severityText: textOf(log['severityText'], 'log.severityText'),
    body: body === undefined || body === null ? undefined : valueOf(body, 'log.body'),
    attributes: attributesOf(log['attributes'], 'log.attributes'),
    scope,
    resource,
    traceId: idOf(log['traceId'], 32, 'log.traceId'),
    spanId: idOf(log['spanId'], 16, 'log.spanId'),
  })
}
