import { auditEvents } from '@taskflow/database'
import { endpoint } from '@taskflow/service-kit'
import { and, asc, desc, eq, gt, gte, inArray, lt } from 'drizzle-orm'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { fingerprintOf, isFromOutside } from '../domain/correlation.ts'
import { readRecords } from '../domain/read-records.ts'

/**
 * For chat-api: the audit records of one user, or of all without `user_id`. The cursor is the sequence of the last
 * record of the page before; only records after the sequence `after` are returned, in either order. `sealed` returns
 * them as they are in the chain, for audit:verify.
 */
export const listEvents = (deps: Deps) =>
  endpoint({
    method: 'get',
    path: '/audit/events',
    summary: 'List audit records',
    access: 'mesh',
    query: z.strictObject({
      user_id: z.uuid().optional(),
      task_id: z.uuid().optional(),
      event_id: z.string().optional(),
      type: z.union([z.string(), z.array(z.string()).max(50)]).optional(),
      correlation_id: z.string().optional(),
      from: z.iso.datetime({ offset: true }).optional(),
      to: z.iso.datetime({ offset: true }).optional(),
      order: z.enum(['newest', 'oldest']).default('newest'),
      sealed: z.stringbool().default(false),
      limit: z.coerce.number().int().min(1).max(1_000),
      cursor: z.coerce.number('is not a cursor of this list').int().positive().optional(),
      after: z.coerce.number().int().min(0).optional(),
    }),
    answers: { 200: z.object({ data: z.array(z.unknown()), next_cursor: z.string().nullable() }) },
    handle: async ({ query: { limit, cursor, order, ...filter } }) => {
      const { sequence, recorded, hash } = auditEvents
      const [byOrder, behind] = order === 'newest' ? [desc(sequence), lt] : [asc(sequence), gt]
      const rows = await deps.db
        .select({ sequence, recorded, hash })
        .from(auditEvents)
        .where(
          and(
            filter.user_id ? eq(auditEvents.user_id, filter.user_id) : undefined,
            filter.task_id ? eq(auditEvents.task_id, filter.task_id) : undefined,
            filter.event_id ? eq(auditEvents.event_id, filter.event_id) : undefined,
            filter.type ? inArray(auditEvents.type, [filter.type].flat()) : undefined,
            filter.correlation_id ? inArray(auditEvents.correlation_id, await storedAs(deps, filter)) : undefined,
            filter.from ? gte(auditEvents.time, filter.from) : undefined,
            filter.to ? lt(auditEvents.time, filter.to) : undefined,
            cursor ? behind(sequence, cursor) : undefined,
            filter.after === undefined ? undefined : gt(sequence, filter.after),
          ),
        )
        .orderBy(byOrder)
        .limit(limit + 1)
      const shown = rows.slice(0, limit)
      const next_cursor = rows.length > limit ? String(shown.at(-1)!.sequence) : null
      const data = filter.sealed
        ? shown.map((row) => ({ ...JSON.parse(row.recorded), hash: row.hash }))
        : await readRecords(deps, shown)
      return { status: 200, body: { data, next_cursor } }
    },
  })

/**
 * How a correlation id may be stored. One that a client chose is found among the records of one user only, by the
 * user's key; in records from before that was so, it stands as it was given.
 */
const storedAs = async (
  { userKeys, pool }: Deps,
  { correlation_id: id = '', user_id }: { correlation_id?: string | undefined; user_id?: string | undefined },
): Promise<string[]> => {
  const key = user_id && isFromOutside(id) ? (await userKeys.find(pool, [user_id])).get(user_id) : undefined
  return key ? [id, fingerprintOf(id, key)] : [id]
}
