import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { pageOf, pageQuery } from '../../http/schemas.ts'
import type { OperationDeps } from '../deps.ts'

const mail = z
  .object({
    id: z.string(),
    from: z.string().nullable(),
    to: z.array(z.string()),
    subject: z.string(),
    created: z.string(),
    size: z.int(),
  })
  .meta({ id: 'CaughtMail' })

const page = pageOf('CaughtMailPage', mail, { total: z.int() })

/** A cursor is how many were shown already: the mailbox counts, and a mail that comes meanwhile moves the others on. */
export const listMailbox = ({ mailbox }: OperationDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/mailbox',
    summary: 'List mail that was caught instead of sent, newest first; 404 where mail is really sent',
    access: 'admin',
    isWatched: true,
    query: z.strictObject({ ...pageQuery, cursor: z.coerce.number().int().min(0).default(0) }),
    problems: [404],
    answers: { 200: page },
    handle: async ({ query: { limit, cursor } }) => {
      const { total, data } = await mailbox.list({ start: cursor, limit })
      const next = cursor + data.length
      return { status: 200, body: { data, next_cursor: next < total && data.length > 0 ? String(next) : null, total } }
    },
  })
