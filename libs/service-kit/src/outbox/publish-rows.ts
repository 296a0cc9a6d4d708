import type { Metrics } from '../metrics.ts'
import type { PublishResult, Sidecar } from '../sidecar.ts'
import type { SpanOptions, Tracing } from '../tracing/tracing.ts'
import type { OutboxRow } from './lanes.ts'

export interface PublishDeps {
  sidecar: Pick<Sidecar, 'publish'>
  metrics: Pick<Metrics, 'eventsPublished' | 'publishDuration' | 'publishRetries'>
  tracing: Tracing
}

/** One call to the sidecar with rows of one topic, measured and traced. */
export const publishRows = async (
  { sidecar, metrics, tracing }: PublishDeps,
  rows: OutboxRow[],
): Promise<PublishResult> => {
  const { topic } = rows[0]!
  const end = metrics.publishDuration.startTimer({ topic })
  const span = tracing.isOn ? tracing.start(`publish ${topic}`, spanOf(rows)) : undefined
  const result = await sidecar.publish(topic, rows, span?.traceparent)
  end({ result: result.ok ? 'ok' : 'failed' })
  const failed = result.ok ? result.failed.size : rows.length
  span?.set({ 'taskflow.failed_count': failed })
  span?.end({ error: failed > 0 ? String((result.ok ? undefined : result.status) ?? 'not published') : undefined })
  if (failed > 0) metrics.publishRetries.inc({ topic }, failed)
  if (result.ok) metrics.eventsPublished.inc({ topic }, rows.length - failed)
  return result
}

/** The span of a call: part of the trace of its events, or linked to each of them when they are of several traces. */
const spanOf = (rows: OutboxRow[]): SpanOptions => ({
  kind: 'producer',
  causes: rows.map(({ event }) => traceparentIn(event)),
  attributes: {
    'messaging.system': 'kafka',
    'messaging.operation.type': 'send',
    'messaging.destination.name': rows[0]!.topic,
    'messaging.batch.message_count': rows.length,
  },
})

/** Found in the event's text without parsing it: in a value the quotes would be escaped, and the data comes last. */
const traceparentIn = (event: string): string | undefined => {
  const name = '"traceparent":"'
  const at = event.indexOf(name)
  return at === -1 ? undefined : event.slice(at + name.length, at + name.length + 55)
}
