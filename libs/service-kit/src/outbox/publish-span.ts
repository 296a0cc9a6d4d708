import type { SpanOptions } from '../tracing/tracing.ts'
import type { OutboxRow } from './lanes.ts'

/** One call, whatever it carries: it is part of the trace of its events, or of several has a link to each. */
export const publishSpan = (rows: OutboxRow[]): SpanOptions => ({
  kind: 'producer',
  causes: rows.map(({ event }) => traceparentIn(event)),
  attributes: {
    'messaging.system': 'kafka',
    'messaging.operation.type': 'send',
    'messaging.destination.name': rows[0]!.topic,
    'messaging.batch.message_count': rows.length,
  },
})

/** Of an event's text, without parsing all of it. Within a value the quotes would be escaped, and the data comes last. */
const traceparentIn = (event: string): string | undefined => {
  const name = '"traceparent":"'
  const at = event.indexOf(name)
  return at === -1 ? undefined : event.slice(at + name.length, at + name.length + 55)
}
