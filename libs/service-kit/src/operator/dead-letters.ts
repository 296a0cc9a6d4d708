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

/** Which held events: those with these ids, or those that match. */
export type DeadLetterChoice = { event_ids: string[] } | { matching: DeadLetterFilter }

/** Every condition that is given holds. */
export interface DeadLetterFilter {
  topic?: string | undefined
  type?: string | undefined
  /** A part of the reason, in any case. */
  reason?: string | undefined
  /** Received at or after, and before: ISO 8601. */
  received_from?: string | undefined
  received_until?: string | undefined
  /** Only what was held at this moment: an event that comes back is not taken twice. ISO 8601. */
  as_of: string
}

/** How many matching events one call takes; the caller repeats it until none is left. */
const maxMatching = 1_000
/** Counting stops there. */
const maxCounted = 100_000

/** `left`: matching events that wait for the next call, at most 100,000. */
export interface Settled {
  event_ids: string[]
  left: number
}

const chosen = (choice: DeadLetterChoice): { where: string; values: unknown[] } => {
  if ('event_ids' in choice) return { where: 'event_id = ANY ($1::text[])', values: [choice.event_ids] }
  const { topic, type, reason, received_from, received_until, as_of } = choice.matching
  return {
    where: `($1::text IS NULL OR topic = $1) AND ($2::text IS NULL OR type = $2)
      AND ($3::text IS NULL OR position(lower($3) IN lower(reason)) > 0)
      AND ($4::timestamptz IS NULL OR received_at >= $4) AND ($5::timestamptz IS NULL OR received_at < $5)
      AND coalesce(handled_at, received_at) <= $6`,
    values: [topic ?? null, type ?? null, reason ?? null, received_from ?? null, received_until ?? null, as_of],
  }
}

/** Runs `update` on the chosen events in one of these states, the oldest first. */
const settle = async (
  pool: pg.Pool,
  schema: ServiceSchema,
  choice: DeadLetterChoice,
  states: string,
  update: (next: number) => { set: string; values: unknown[] },
): Promise<Settled> => {
  const { where, values } = chosen(choice)
  const { set, values: more } = update(values.length + 1)
  const held = `FROM ${schema}.inbox WHERE state IN (${states}) AND ${where}`
  const { rows } = await pool.query<{ event_id: string }>(
    `UPDATE ${schema}.inbox SET ${set} WHERE event_id IN
       (SELECT event_id ${held} ORDER BY received_at, event_id LIMIT ${maxMatching} FOR UPDATE SKIP LOCKED)
     RETURNING event_id`,
    [...values, ...more],
  )
  const event_ids = rows.map((row) => row.event_id)
  if ('event_ids' in choice || event_ids.length < maxMatching) return { event_ids, left: 0 }
  const counted = await pool.query<{ count: number }>(
    `SELECT count(*)::int FROM (SELECT ${held} LIMIT ${maxCounted}) AS matching`,
    values,
  )
  return { event_ids, left: counted.rows[0]!.count }
}

/**
 * Has parked events handled again by their consumer, under the same id and in the order of their keys. An event that is
 * not parked is left out.
 */
export const redriveDeadLetters = (
  pool: pg.Pool,
  schema: ServiceSchema,
  choice: DeadLetterChoice,
  clock: Clock,
): Promise<Settled> =>
  settle(pool, schema, choice, `'parked'`, (n) => ({
    set: `state = 'deferred', attempts = 0, next_attempt_at = $${n}, handled_at = NULL`,
    values: [clock.now().toString()],
  }))

/** Discards deferred or parked events with their content; the note stays with the row. */
export const discardDeadLetters = (
  pool: pg.Pool,
  schema: ServiceSchema,
  choice: DeadLetterChoice,
  note: string,
  clock: Clock,
): Promise<Settled> =>
  settle(pool, schema, choice, `'parked', 'deferred'`, (n) => ({
    set: `state = 'discarded', reason = $${n}, handled_at = $${n + 1}, next_attempt_at = NULL, body = NULL, headers = NULL`,
    values: [note, clock.now().toString()],
  }))

const textOf = (bytes: Buffer): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
