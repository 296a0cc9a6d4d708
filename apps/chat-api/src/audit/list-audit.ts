import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { auditRecord, pageOf, pageQuery } from '../http/schemas.ts'
import { auditFilter, auditSearch } from './audit-query.ts'

const page = pageOf('AuditRecordPage', auditRecord)

/** The user's own part of the audit log. Read from audit-logger, which owns it, through Dapr. */
export const listAudit = ({ sidecar }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/audit',
    summary: 'List what happened to your tasks and your account (needs account:read too), newest first',
    access: 'user',
    query: z.strictObject({ ...pageQuery, ...auditFilter }),
    isAdminUse: ({ user_id }) => user_id !== undefined,
    answers: { 200: page },
    handle: async ({ query, user, origin }) => ({
      status: 200,
      body: await sidecar.invoke('audit-logger', `audit/events?${auditSearch(user, query)}`, origin),
    }),
  })
