import { channels, ledger } from '@taskflow/database'
import { endpoint, invalid } from '@taskflow/service-kit'
import { and, desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Deps } from '../deps.ts'

const cursorContent = z.tuple([z.iso.datetime(), z.uuid(), z.iso.datetime(), z.enum(channels)])

/** For chat-api: the notifications of one user, newest first. The cursor is the last one of the page before. */
export const listNotifications = ({ db }: Deps) =>
  endpoint({
    method: 'get',
    path: '/notifications',
    summary: 'List notifications of a user',
    access: 'mesh',
    query: z.strictObject({
      user_id: z.uuid(),
      task_id: z.uuid().optional(),
      channel: z.enum(channels).optional(),
      state: z.enum(['pending', 'held', 'sent', 'failed', 'suppressed']).optional(),
      limit: z.coerce.number().int().min(1).max(200),
      cursor: z.string().max(500).optional(),
    }),
    answers: { 200: z.object({ data: z.array(z.unknown()), next_cursor: z.string().nullable() }) },
    handle: async ({ query }) => {
      const { created_at, reminder_id, fired_for, channel } = ledger
      const after = query.cursor === undefined ? undefined : readCursor(query.cursor)
      const rows = await db
        .select(shown)
        .from(ledger)
        .where(
          and(
            eq(ledger.user_id, query.user_id),
            query.task_id ? eq(ledger.task_id, query.task_id) : undefined,
            query.channel ? eq(channel, query.channel) : undefined,
            query.state ? eq(ledger.state, query.state) : undefined,
            after &&
              sql`(${created_at}, ${reminder_id}, ${fired_for}, ${channel}) < (${after[0]}::timestamptz, ${after[1]}::uuid, ${after[2]}::timestamptz, ${after[3]}::text)`,
          ),
        )
        .orderBy(desc(created_at), desc(reminder_id), desc(fired_for), desc(channel))
        .limit(query.limit + 1)
      const data = rows.slice(0, query.limit)
      const last = rows.length > query.limit ? data.at(-1) : undefined
      return { status: 200, body: { data, next_cursor: last ? cursorOf(last) : null } }
    },
  })

const shown = {
  reminder_id: ledger.reminder_id,
  task_id: ledger.task_id,
  title: sql<string>`${ledger.content} -> 'task' ->> 'title'`,
  channel: ledger.channel,
  state: ledger.state,
  fired_for: ledger.fired_for,
  attempts: ledger.attempts,
  next_attempt_at: ledger.next_attempt_at,
  reason: ledger.reason,
  message_id: ledger.message_id,
  created_at: ledger.created_at,
  sent_at: ledger.sent_at,
}

type Position = Pick<typeof ledger.$inferSelect, 'created_at' | 'reminder_id' | 'fired_for' | 'channel'>

const cursorOf = ({ created_at, reminder_id, fired_for, channel }: Position): string =>
  Buffer.from(JSON.stringify([created_at, reminder_id, fired_for, channel])).toString('base64url')

const readCursor = (cursor: string) => {
  try {
    return cursorContent.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw invalid('cursor', 'is not a cursor of this list')
  }
}
