import { instant } from '@taskflow/event-contracts'
import { z } from 'zod'
import { auditSearch } from '../../audit/audit-query.ts'
import type { auditRecord } from '../../http/schemas.ts'
import { page } from './find-tasks.ts'
import { readTool } from './tool.ts'

export const auditTrail = readTool({
  name: 'audit_trail',
  title: 'What happened to a task',
  description: 'Lists what happened to a task, newest first: what changed from what to what, and when.',
  isIdempotent: true,
  input: z.strictObject({ task_id: z.uuid(), ...page }),
  output: z.object({
    records: z.array(
      z.object({
        event_id: z.string(),
        type: z.string(),
        time: instant,
        changed: z.record(z.string(), z.unknown()).meta({ description: 'field: [before, after]' }),
      }),
    ),
    next_cursor: z.string().nullable(),
  }),
  run: async ({ sidecar }, query, { user, origin }) => {
    const filter = auditSearch(user, query)
    const { data, next_cursor } = await sidecar.invoke<Page>('audit-logger', `audit/events?${filter}`, origin)
    const records = data.map(({ event_id, type, time, data }) => ({ event_id, type, time, changed: changedIn(data) }))
    return { records, next_cursor }
  },
})

interface Page {
  data: z.infer<typeof auditRecord>[]
  next_cursor: string | null
}

const changedIn = (data: unknown): Record<string, unknown> =>
  (data as { changed?: Record<string, unknown> } | null)?.changed ?? {}
