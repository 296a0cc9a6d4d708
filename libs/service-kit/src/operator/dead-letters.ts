import type pg from 'pg'
import type { Clock } from '../clock.ts'
import type { ServiceSchema } from '../services.ts'

/** An event that a consumer has deferred (it is retried) or parked (it waits for an operator). */
export interface DeadLetter {
  event_id: string
  state: 'deferred' | 'parked'
  type: string | null
  user_id: string | null
  topic: string
  partition: number
  offset: string
  key: string
  received_at: string
  attempts: number
  next_attempt_at: string | null
  reason: string
}

/** The message itself, as it was in Kafka. */
export interface DeadLetterContent {
  headers: Record<string, string>
  /** As text when it is UTF-8. */
  body: string | null
  body_base64: string
}

const columns = `event_id, state, type, user_id, topic, partition, kafka_offset::text AS "offset", key,
  to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS received_at, attempts,
  to_char(next_attempt_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS next_attempt_at, coalesce(reason, '') AS reason`

/** Oldest first; `after` is the last id of the page before. */
export const listDeadLetters = async (
  pool: pg.Pool,
  schema: ServiceSchema,
  filter: { state?: 'deferred' | 'parked' | undefined; limit: number; after?: string | undefined },
): Promise<DeadLetter[]> => {
  const { rows } = await pool.query<DeadLetter>(
    `SELECT ${columns} FROM ${schema}.inbox
     WHERE state IN ('deferred', 'parked') AND ($1::text IS NULL OR state = $1)
       AND ($2::text IS NULL OR (received_at, event_id) > (SELECT received_at, event_id FROM ${schema}.inbox WHERE event_id = $2))
     ORDER BY inbox.received_at, event_id LIMIT $3`,
    [filter.state ?? null, filter.after ?? null, filter.limit],
  )
  return rows
}

/** A dead letter with its content; undefined when there is none with that id. */
export const showDeadLetter = async (
  pool: pg.Pool,
  schema: ServiceSchema,
  event_id: string,
): Promise<(DeadLetter & DeadLetterContent) | undefined> => {
  const { rows } = await pool.query<DeadLetter & { headers: Record<string, string>; bytes: Buffer }>(
    `SELECT ${columns}, headers, body AS bytes FROM ${schema}.inbox WHERE event_id = $1 AND state IN ('deferred', 'parked')`,
    [event_id],
  )
  if (!rows[0]) return undefined
  const { bytes, ...letter } = rows[0]
  return { ...letter, body: textOf(bytes), body_base64: bytes.toString('base64') }
}

/**
 * Has parked events handled again by their consumer, under the same id and in the order of their keys. Returns their
 * ids; an event that is not parked is left out.
 */
export const redriveDeadLetters = async (
  pool: pg.Pool,
  schema: ServiceSchema,
  event_ids: string[],
  clock: Clock,
): Promise<string[]> => {
  const { rows } = await pool.query<{ event_id: string }>(
    `UPDATE ${schema}.inbox SET state = 'deferred', attempts = 0, next_attempt_at = $2, handled_at = NULL
     WHERE event_id = ANY ($1::text[]) AND state = 'parked' RETURNING event_id`,
    [event_ids, clock.now().toString()],
  )
  return rows.map((row) => row.event_id)
}

/** Discards deferred or parked events with their content; the note stays with the row. Returns their ids. */
export const discardDeadLetters = async (
  pool: pg.Pool,
  schema: ServiceSchema,
  event_ids: string[],
  note: string,
  clock: Clock,
): Promise<string[]> => {
  const { rows } = await pool.query<{ event_id: string }>(
    `UPDATE ${schema}.inbox
     SET state = 'discarded', reason = $2, handled_at = $3, next_attempt_at = NULL, body = NULL, headers = NULL
     WHERE event_id = ANY ($1::text[]) AND state IN ('parked', 'deferred') RETURNING event_id`,
    [event_ids, note, clock.now().toString()],
  )
  return rows.map((row) => row.event_id)
}

const textOf = (bytes: Buffer): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
