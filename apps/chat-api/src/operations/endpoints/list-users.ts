import { users } from '@taskflow/database'
import { instant } from '@taskflow/event-contracts'
import { type BaseDeps, endpoint, invalid } from '@taskflow/service-kit'
import { text } from '@taskflow/tasks'
import { and, desc, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { userAnswer } from '../../account/endpoints/schemas.ts'
import { publicUser } from '../../account/users.ts'
import { pageOf, pageQuery } from '../../http/schemas.ts'

const account = userAnswer.extend({ suspended_at: instant.nullable() }).meta({ id: 'Account' })
const page = pageOf('UserPage', account)

/** Ids are in the order of time, so the id of the last one seen is the cursor. */
export const listUsers = ({ db }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/users',
    summary: 'List accounts, newest first; by the beginning of their e-mail address',
    access: 'admin',
    query: z.strictObject({ ...pageQuery, email: text(1, 254).optional() }),
    answers: { 200: page },
    handle: async ({ query: { limit, cursor, email } }) => {
      if (cursor !== undefined && !z.uuid().safeParse(cursor).success) {
        throw invalid('cursor', 'is not a cursor of this list; begin again without one')
      }
      const wanted = and(
        cursor === undefined ? undefined : lt(users.id, cursor),
        email === undefined ? undefined : sql`starts_with(lower(${users.email}), ${email.toLowerCase()})`,
      )
      const rows = await db
        .select()
        .from(users)
        .where(wanted)
        .orderBy(desc(users.id))
        .limit(limit + 1)
      const shown = rows.slice(0, limit)
      const next_cursor = rows.length > limit ? shown.at(-1)!.id : null
      return {
        status: 200,
        body: { data: shown.map((row) => ({ ...publicUser(row), suspended_at: row.suspended_at })), next_cursor },
      }
    },
  })
