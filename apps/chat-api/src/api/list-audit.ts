import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { auditRecord, pageOf, pageQuery } from './schemas.ts'

/** The user's own part of the audit log. audit-logger owns it and is asked through Dapr. */
export const listAudit = ({ sidecar }: Deps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/audit',
    summary: 'List what happened to your tasks, newest first',
    access: 'user',
    query: z.strictObject({ ...pageQuery, task_id: z.uuid().optional(), type: z.string().max(100).optional() }),
    answers: { 200: pageOf(auditRecord) },
    handle: async ({ query, user, origin }) => {
      const wanted = Object.entries({ ...query, user_id: user.user_id }).filter(([, value]) => value !== undefined)
      const search = new URLSearchParams(wanted.map(([name, value]) => [name, String(value)]))
      return { status: 200, body: await sidecar.invoke('audit-logger', `audit/events?${search}`, origin) }
    },
  })
