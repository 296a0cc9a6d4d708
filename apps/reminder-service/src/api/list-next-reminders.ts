import { schedule } from '@taskflow/database'
import { endpoint } from '@taskflow/service-kit'
import { asc, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { Deps } from '../deps.ts'

/** For chat-api: the reminders that fire next, of all users; ids and times only. */
export const listNextReminders = ({ db, clock }: Pick<Deps, 'db' | 'clock'>) =>
  endpoint({
    method: 'get',
    path: '/schedule/next',
    summary: 'List the reminders that fire next',
    access: 'mesh',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200) }),
    answers: { 200: z.unknown() },
    handle: async ({ query: { limit } }) => {
      const { reminder_id, task_id, user_id, type, at } = schedule
      const rows = await db
        .select({ reminder_id, task_id, user_id, type, at })
        .from(schedule)
        .where(isNull(schedule.fired_at))
        .orderBy(asc(at))
        .limit(limit)
      const now = clock.now()
      const stateOf = (time: string) => (Temporal.Instant.compare(time, now) <= 0 ? 'due' : 'waiting')
      return { status: 200, body: { data: rows.map((row) => ({ ...row, state: stateOf(row.at) })) } }
    },
  })
