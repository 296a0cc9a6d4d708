import {
  type EventTrace,
  type InboxTrace,
  type OutboxTrace,
  type ServiceName,
  serviceNames,
  traceIdOf,
} from '@taskflow/service-kit'
import type { EventRecord } from './endpoints/event-query.ts'
import { topicOf } from './event-topics.ts'

/** What a service knows of an event; see libs/service-kit/src/operator. */
export type ServiceTrace = EventTrace & { takes: Record<string, string[]> }
export type Traces = { [Service in ServiceName]?: ServiceTrace }

/** The path of an event, from the request that made it to each consumer. Durations are in milliseconds. */
export interface Story {
  type: string | null
  subject: string | null
  user_id: string | null
  request: {
    time: string | null
    source: string | null
    correlation_id: string | null
    causation_id: string | null
    trace_id: string | null
  }
  publications: Publication[]
  consumers: Consumption[]
  cloud_event: { taken_from: 'outbox' | 'inbox' | 'audit'; is_whole: boolean; event: unknown } | null
}

type Publication = Omit<OutboxTrace, 'event'> & {
  service: string
  partition: number | null
  offset: string | null
  publishing_ms: number | null
}

type Consumption = Pick<InboxTrace, 'attempts' | 'next_attempt_at' | 'reason' | 'handled_at'> & {
  service: string
  topic: string
  /** `not_taken`: it has not arrived, or so long ago that nothing is kept of it. */
  state: InboxTrace['state'] | 'not_taken'
  partition: number | null
  offset: string | null
  received_at: string | null
  /** Since it was written into the outbox. */
  total_ms: number | null
  /** Since it was published; none when it came before the relay had noted that. */
  delivery_ms: number | null
  /** Until it was handled; null when that was done with the receipt, as one. */
  handling_ms: number | null
}

/** Undefined when no service knows the event. */
export const storyOf = (record: EventRecord | undefined, traces: Traces): Story | undefined => {
  const all = serviceNames.flatMap((service): [ServiceName, ServiceTrace][] => {
    const trace = traces[service]
    return trace ? [[service, trace]] : []
  })
  const cloud_event = contentOf(record, traces)
  if (!record && !all.some(([, { outbox, inbox }]) => outbox.length > 0 || inbox)) return undefined
  const sent = (cloud_event && typeof cloud_event.event === 'object' ? cloud_event.event : {}) as Partial<
    Record<string, string>
  > & { data?: { user_id?: string } }
  const type = record?.type ?? sent.type ?? all.find(([, { inbox }]) => inbox?.type)?.[1].inbox?.type ?? null
  const traceparent = record?.traceparent ?? sent.traceparent
  return {
    type,
    subject: record?.subject ?? sent.subject ?? null,
    user_id: record?.user_id ?? sent.data?.user_id ?? null,
    request: {
      time: record?.time ?? sent.time ?? null,
      source: record?.source ?? sent.source ?? null,
      correlation_id: record?.correlation_id ?? sent.correlationid ?? null,
      causation_id: record?.causation_id ?? sent.causationid ?? null,
      trace_id: traceparent ? traceIdOf(traceparent) : null,
    },
    publications: publicationsOf(all),
    consumers: consumersOf(all, type),
    cloud_event,
  }
}

const publicationsOf = (all: [ServiceName, ServiceTrace][]): Publication[] =>
  all.flatMap(([service, { outbox }]) =>
    outbox.map(({ event: _, ...each }) => {
      const place = all.find(([, { inbox }]) => inbox?.topic === each.topic)?.[1].inbox
      return {
        service,
        ...each,
        partition: place?.partition ?? null,
        offset: place?.offset ?? null,
        publishing_ms: span(each.created_at, each.published_at),
      }
    }),
  )

/** Who has taken it, in the order in which they did, and who should have. */
const consumersOf = (all: [ServiceName, ServiceTrace][], type: string | null): Consumption[] => {
  const publications = publicationsOf(all)
  const known = new Set([
    ...publications.map(({ topic }) => topic),
    ...all.flatMap(([, { inbox }]) => inbox?.topic ?? []),
  ])
  const first = type && topicOf(type)
  const topics = known.size > 0 ? [...known] : first ? [first] : []
  return all
    .flatMap(([service, { inbox, takes }]) => {
      if (inbox) return consumption(service, inbox, publications)
      const expected = topics.find((topic) => type !== null && takes[topic]?.includes(type))
      return expected ? notTaken(service, expected) : []
    })
    .toSorted((a, b) => whenOf(a) - whenOf(b))
}

const whenOf = ({ received_at }: Consumption) => (received_at ? Date.parse(received_at) : Number.MAX_VALUE)

const consumption = (
  service: ServiceName,
  { body: _b, type: _t, key: _k, ...inbox }: InboxTrace,
  publications: Publication[],
): Consumption => {
  const publication = publications.find(({ topic }) => topic === inbox.topic)
  const delivery_ms = span(publication?.published_at, inbox.received_at)
  return {
    service,
    ...inbox,
    total_ms: span(publication?.created_at, inbox.received_at),
    delivery_ms: delivery_ms === null || delivery_ms < 0 ? null : delivery_ms,
    handling_ms: inbox.attempts === 0 ? null : span(inbox.received_at, inbox.handled_at),
  }
}

const notTaken = (service: ServiceName, topic: string): Consumption => ({
  service,
  topic,
  state: 'not_taken',
  partition: null,
  offset: null,
  received_at: null,
  handled_at: null,
  attempts: 0,
  next_attempt_at: null,
  reason: null,
  total_ms: null,
  delivery_ms: null,
  handling_ms: null,
})

const span = (from: string | null | undefined, to: string | null | undefined): number | null =>
  from && to ? Date.parse(to) - Date.parse(from) : null

/** The event as it was published, as long as an outbox or inbox holds it; after that, what the audit log has of it. */
const contentOf = (record: EventRecord | undefined, traces: Traces): Story['cloud_event'] => {
  const all = Object.values(traces)
  // What is personal in it may be gone from the audit log already: then it is not shown from elsewhere.
  const held = record?.erased
    ? []
    : all.flatMap(({ outbox, inbox }) => [
        ...outbox.map(({ event }) => ({ taken_from: 'outbox' as const, text: event })),
        { taken_from: 'inbox' as const, text: inbox?.body ?? null },
      ])
  for (const { taken_from, text } of held) {
    if (text !== null) return { taken_from, is_whole: true, event: parsed(text) }
  }
  if (!record) return null
  const key = all.find(({ inbox }) => inbox)?.inbox?.key
  return { taken_from: 'audit', is_whole: !record.erased, event: fromRecord(record, key) }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const fromRecord = (record: EventRecord, partitionkey: string | undefined) => {
  const { schema_version } = record.data as { schema_version?: string }
  return {
    specversion: '1.0',
    id: record.event_id,
    type: record.type,
    source: record.source,
    subject: record.subject,
    time: record.time,
    datacontenttype: 'application/json',
    dataschema: `urn:taskflow:schema:${record.type}:${schema_version}`,
    ...(record.traceparent ? { traceparent: record.traceparent } : {}),
    ...(partitionkey ? { partitionkey } : {}),
    ...(record.correlation_id ? { correlationid: record.correlation_id } : {}),
    ...(record.causation_id ? { causationid: record.causation_id } : {}),
    data: record.data,
  }
}
