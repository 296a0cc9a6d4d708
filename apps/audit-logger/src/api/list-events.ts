import { auditEvents } from '@taskflow/database'
import { endpoint } from '@taskflow/service-kit'
import { and, desc, eq, getTableColumns, lt } from 'drizzle-orm'
import { z } from 'zod'
import type { Deps } from '../deps.ts'

/** For chat-api: the audit records of one user, newest first. The cursor is the sequence of the last one seen. */
export const listEvents = ({ db }: Deps) =>
  endpoint({
    method: 'get',
    path: '/audit/events',
    summary: 'List audit records of a user',
    access: 'mesh',
    query: z.strictObject({
      user_id: z.uuid(),
      task_id: z.uuid().optional(),
      type: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(200),
      cursor: z.coerce.number('is not a cursor of this list').int().positive().optional(),
    }),
    answers: { 200: z.object({ data: z.array(z.unknown()), next_cursor: z.string().nullable() }) },
    handle: async ({ query }) => {
      const { recorded: _, ...columns } = getTableColumns(auditEvents)
      const rows = await db
        .select(columns)
        .from(auditEvents)
        .where(
          and(
            eq(auditEvents.user_id, query.user_id),
            query.task_id ? eq(auditEvents.task_id, query.task_id) : undefined,
            query.type ? eq(auditEvents.type, query.type) : undefined,
            query.cursor ? lt(auditEvents.sequence, query.cursor) : undefined,
          ),
        )
        .orderBy(desc(auditEvents.sequence))
        .limit(query.limit + 1)
      const data = rows.slice(0, query.limit)
      const last = rows.length > query.limit ? data.at(-1) : undefined
      return { status: 200, body: { data, next_cursor: last ? String(last.sequence) : null } }
    },
  })
