import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { text } from '@taskflow/tasks'
import { z } from 'zod'
import { auditRecord } from '../http/schemas.ts'
import { auditSearch, whose } from './audit-query.ts'

const causation = z
  .object({ data: auditRecord.extend({ caused: z.array(z.unknown()) }).meta({ id: 'Cause' }), complete: z.boolean() })
  .meta({ id: 'Causation' })

/** The record of an event's first cause, with what it caused in `caused`, and so on. */
export const showAuditCausation = ({ sidecar }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/audit/:event_id/causation',
    summary: 'Show what caused an event, and what it caused',
    access: 'user',
    params: z.object({ event_id: text(1, 200) }),
    query: z.strictObject(whose),
    isAdminUse: ({ user_id }) => user_id !== undefined,
    answers: { 200: causation },
    handle: async ({ params, query, user, origin }) => ({
      status: 200,
      body: await sidecar.invoke(
        'audit-logger',
        `audit/causation?${auditSearch(user, { ...query, ...params })}`,
        origin,
      ),
    }),
  })
