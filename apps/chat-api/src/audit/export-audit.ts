import { type BaseDeps, endpoint, requireScope } from '@taskflow/service-kit'
import { z } from 'zod'
import { actorOf, recordAccountAction } from '../account/record-account-action.ts'
import { auditFilter, auditSearch } from './audit-query.ts'

/**
 * A page of records as NDJSON, oldest first; the Link header (RFC 8288) leads to the next one. `sealed` is for
 * operators: records as they are in the chain, whose pages together are what `npm run audit:verify -- --export` reads.
 */
export const exportAudit = ({ sidecar, transaction }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/audit/export',
    summary: 'Export what happened to your tasks and your account (needs account:read too) as NDJSON, oldest first',
    access: 'user',
    query: z.strictObject({
      ...auditFilter,
      sealed: z.stringbool().default(false),
      limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
      cursor: z.string().max(500).optional(),
    }),
    isAdminUse: ({ user_id, sealed }) => user_id !== undefined || sealed,
    produces: 'application/x-ndjson',
    answers: { 200: z.string() },
    handle: async ({ query, user, headers, origin }) => {
      if (query.sealed) requireScope(user, 'admin')
      const search = auditSearch(user, { ...query, order: 'oldest' })
      // What an admin exports of others is recorded as that.
      if (query.user_id === undefined && !query.sealed) {
        const details = { what: 'audit log', format: 'ndjson' }
        const act = { action: 'data_exported', actor: actorOf(user), headers, details } as const
        await transaction((tx) => recordAccountAction(tx, user.user_id, act), origin)
      }
      const { data, next_cursor } = await sidecar.invoke<{ data: unknown[]; next_cursor: string | null }>(
        'audit-logger',
        `audit/events?${search}`,
        origin,
      )
      return {
        status: 200,
        headers: {
          'content-type': 'application/x-ndjson',
          ...(next_cursor ? { link: `</api/v1/audit/export?${nextQuery(query, next_cursor)}>; rel="next"` } : {}),
        },
        body: data.map((record) => `${JSON.stringify(record)}\n`).join(''),
      }
    },
  })

const nextQuery = (query: object, cursor: string): URLSearchParams =>
  new URLSearchParams(
    Object.entries({ ...query, cursor }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  )
