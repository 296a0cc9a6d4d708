import { series } from '@taskflow/database'
import { endpoint } from '@taskflow/service-kit'
import { and, asc, eq, isNotNull } from 'drizzle-orm'
import { z } from 'zod'
import type { Deps } from '../deps.ts'

/**
 * For chat-api: the recurring tasks on schedule whose next task is made soonest, of all users; ids, rules and times
 * only.
 */
export const listNextSeries = ({ db, clock }: Pick<Deps, 'db' | 'clock'>) =>
  endpoint({
    method: 'get',
    path: '/schedule/next',
    summary: 'List the recurring tasks whose next task is made soonest',
    access: 'mesh',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200) }),
    answers: { 200: z.unknown() },
    handle: async ({ query: { limit } }) => {
      const rows = await db
        .select({
          series_id: series.id,
          user_id: series.user_id,
          rule: series.rule,
          interval: series.interval,
          occurrence: series.last_occurrence,
          due_date: series.next_occurrence,
          at: series.announce_at,
        })
        .from(series)
        .where(and(eq(series.is_active, true), eq(series.mode, 'on_schedule'), isNotNull(series.announce_at)))
        .orderBy(asc(series.announce_at))
        .limit(limit)
      const now = clock.now()
      const stateOf = (time: string) => (Temporal.Instant.compare(time, now) <= 0 ? 'due' : 'waiting')
      const data = rows.map((row) => ({ ...row, occurrence: row.occurrence + 1, state: stateOf(row.at!) }))
      return { status: 200, body: { data } }
    },
  })
