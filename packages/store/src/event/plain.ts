// Event stage: an event as a plain object of its own. Stores keep events as views over records; what leaves a store is
// plain, so that it can be spread, compared, cloned and printed.
import type { FrameworkEvent, StoredEvent } from './framework-event.ts'

export function plainEvent(event: FrameworkEvent): FrameworkEvent {
  const { durationMs, error, slow, traceId, spanId } = event
  return {
    type: event.type,
    layer: event.layer,
    level: event.level,
    message: event.message,
    time: event.time,
    ...(durationMs !== undefined && { durationMs }),
    ...(error !== undefined && { error }),
    ...(slow !== undefined && { slow }),
    attributes: event.attributes,
    ...(traceId !== undefined && { traceId }),
    ...(spanId !== undefined && { spanId }),
  }
}

export function plainStoredEvent(event: StoredEvent): StoredEvent {
  return { id: event.id, ...plainEvent(event) }
}
