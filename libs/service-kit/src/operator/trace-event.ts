import type pg from 'pg'
import type { ServiceSchema } from '../services.ts'

/** An event in an outbox: waiting, published (known for a day), or set aside. */
export interface OutboxTrace {
  topic: string
  state: 'waiting' | 'published' | 'rejected'
  /** When the transaction that created it began. */
  created_at: string
  published_at: string | null
  reason: string | null
  /** The CloudEvent as JSON text, while it waits. */
  event: string | null
}

/** An event at a consumer. When its handler succeeds at once, `handled_at` equals `received_at`: one transaction. */
export interface InboxTrace {
  state: 'done' | 'deferred' | 'parked' | 'discarded'
  type: string | null
  topic: string
  partition: number
  offset: string
  key: string
  received_at: string
  handled_at: string | null
  attempts: number
  next_attempt_at: string | null
  reason: string | null
  /** The message as text, while the event is deferred or parked. */
  body: string | null
}

export interface EventTrace {
  outbox: OutboxTrace[]
  inbox: InboxTrace | null
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const time = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** What one service knows of an event. */
export const traceEvent = async (pool: pg.Pool, schema: ServiceSchema, event_id: string): Promise<EventTrace> => {
  const outbox = pool.query<OutboxTrace>(
    `SELECT topic, state, ${time('created_at')} AS created_at, ${time('published_at')} AS published_at, reason, event
     FROM (
       SELECT topic, 'waiting' AS state, created_at, NULL AS published_at, NULL AS reason, event
       FROM ${schema}.outbox WHERE event_id = $1
       UNION ALL
       SELECT topic, 'published', created_at, published_at, NULL, NULL FROM ${schema}.outbox_published WHERE event_id = $1
       UNION ALL
       SELECT topic, 'rejected', created_at, NULL, reason, NULL FROM ${schema}.outbox_rejected WHERE event_id = $1
     ) AS known ORDER BY topic`,
    [uuid.test(event_id) ? event_id : null],
  )
  const inbox = pool.query<Omit<InboxTrace, 'body'> & { body: Buffer | null }>(
    `SELECT state, type, topic, partition, kafka_offset::text AS "offset", key, ${time('received_at')} AS received_at,
            ${time('handled_at')} AS handled_at, attempts, ${time('next_attempt_at')} AS next_attempt_at, reason, body
     FROM ${schema}.inbox WHERE event_id = $1`,
    [event_id],
  )
  const [{ rows }, taken] = await Promise.all([outbox, inbox])
  const [row] = taken.rows
  return { outbox: rows, inbox: row ? { ...row, body: row.body?.toString() ?? null } : null }
}
