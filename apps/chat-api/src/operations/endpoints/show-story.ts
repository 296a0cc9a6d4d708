import { type BaseDeps, endpoint, Problem, serviceNames } from '@taskflow/service-kit'
import { text } from '@taskflow/tasks'
import { z } from 'zod'
import { askServices } from '../ask-services.ts'
import { type ServiceTrace, storyOf } from '../event-story.ts'
import { type EventRecord, withTopic } from './event-query.ts'

const cause = z
  .object({
    event_id: z.string(),
    type: z.string(),
    source: z.string(),
    subject: z.string(),
    user_id: z.string().nullable(),
    time: z.string(),
    sequence: z.int(),
    get caused() {
      return z.array(cause)
    },
  })
  .meta({ id: 'StoryCause' })
const time = z.string().nullable()
const milliseconds = z.int().nullable()

const publication = z
  .looseObject({
    service: z.string(),
    topic: z.string(),
    state: z.enum(['waiting', 'published', 'rejected']),
    created_at: z.string(),
    published_at: time,
    partition: z.int().nullable(),
    offset: z.string().nullable(),
    publishing_ms: milliseconds,
  })
  .meta({ id: 'StoryPublication' })

const consumption = z
  .looseObject({
    service: z.string(),
    topic: z.string(),
    state: z.enum(['done', 'deferred', 'parked', 'discarded', 'not_taken']),
    received_at: time,
    handled_at: time,
    attempts: z.int(),
    reason: z.string().nullable(),
    total_ms: milliseconds.meta({ description: 'from the outbox to the receipt' }),
    delivery_ms: milliseconds.meta({ description: 'from Kafka to the receipt; null when quicker than was noted' }),
    handling_ms: milliseconds.meta({ description: 'null when it was handled with the receipt, as one' }),
  })
  .meta({ id: 'StoryConsumer' })

const story = z
  .object({
    event_id: z.string(),
    type: z.string().nullable(),
    subject: z.string().nullable(),
    user_id: z.string().nullable(),
    request: z.object({
      time,
      source: z.string().nullable(),
      operation: z.string().nullable().meta({ description: 'what an admin asked for; of others it is not kept' }),
      correlation_id: z.string().nullable(),
      causation_id: z.string().nullable(),
      trace_id: z.string().nullable(),
    }),
    publications: z.array(publication),
    consumers: z.array(consumption),
    cloud_event: z
      .object({
        taken_from: z.enum(['outbox', 'inbox', 'audit']),
        is_whole: z.boolean().meta({ description: 'false when what is personal in it was erased' }),
        event: z.unknown(),
      })
      .nullable(),
    causation: z.object({ data: cause, complete: z.boolean() }).nullable(),
    unreachable: z.array(z.string()),
  })
  .meta({ id: 'Story' })

interface Node extends EventRecord {
  caused: Node[]
}

/** Queries all services concurrently, and the audit log as an operator. */
export const showStory = ({ sidecar }: Pick<BaseDeps, 'sidecar'>) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/events/:id/story',
    summary: 'The way of an event: request, outbox, topic, each consumer, with latencies, and its causes and effects',
    access: 'admin',
    params: z.object({ id: text(1, 300) }),
    answers: { 200: story },
    handle: async ({ params: { id }, origin }) => {
      const search = new URLSearchParams({ event_id: id })
      const audit = <T>(path: string) => askServices<T>(sidecar, ['audit-logger'], path, origin)
      const [traces, records, tree] = await Promise.all([
        askServices<ServiceTrace>(sidecar, serviceNames, `operator/event?${search}`, origin),
        audit<{ data: EventRecord[] }>(`audit/events?${search}&limit=1`),
        audit<{ data: Node; complete: boolean }>(`audit/causation?${search}`).catch(unlessUnknown),
      ])
      const record = records.answers['audit-logger']?.data[0]
      const found = storyOf(record && withTopic(record), traces.answers)
      const unreachable = [...new Set([...traces.unreachable, ...records.unreachable])]
      if (!found) throw unknownEvent(unreachable)
      const { correlation_id } = found.request
      const uses = correlation_id
        ? await audit<{ data: { data: { operation?: string } }[] }>(
            `audit/events?${new URLSearchParams({ correlation_id, type: 'admin.acted', limit: '1' })}`,
          )
        : undefined
      const operation = uses?.answers['audit-logger']?.data[0]?.data.operation ?? null
      const causation = tree?.answers['audit-logger']
      return {
        status: 200,
        body: {
          event_id: id,
          ...found,
          request: { ...found.request, operation },
          causation: causation ? { ...causation, data: briefly(causation.data) } : null,
          unreachable,
        },
      }
    },
  })

/** The audit log gets to know an event as the others do, and may be behind them. */
const unlessUnknown = (error: unknown) => {
  if (error instanceof Problem && error.status === 404) return undefined
  throw error
}

const unknownEvent = (unreachable: string[]) =>
  unreachable.length > 0
    ? new Problem('service-unavailable', `nobody knows this event; ${unreachable.join(', ')} could not be asked`)
    : new Problem('not-found', 'nobody knows this event')

const briefly = ({ event_id, type, source, subject, user_id, time, sequence, caused }: Node): object => ({
  event_id,
  type,
  source,
  subject,
  user_id,
  time,
  sequence,
  caused: caused.map(briefly),
})
