import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { readUsage } from '@taskflow/tasks'
import { z } from 'zod'
import type { TaskDeps } from './deps.ts'

const quota = z
  .object({
    used: z.number(),
    allowed: z.number().nullable().meta({ description: 'null: no limit' }),
  })
  .meta({ id: 'Quota' })

const answer = z
  .object({
    open_tasks: quota,
    recurring_tasks: quota,
    bytes: quota.meta({ description: 'of text, in tasks deleted in the last 30 days too' }),
  })
  .meta({ id: 'Usage' })

export const showUsage = ({ db, quotas }: BaseDeps & TaskDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/usage',
    summary: 'Show how much you store, and how much you may',
    access: 'user',
    answers: { 200: answer },
    handle: async ({ user }) => {
      const used = await readUsage(db, user.user_id)
      const of = (quota: keyof typeof used) => ({ used: used[quota], allowed: quotas[quota] || null })
      return {
        status: 200,
        body: { open_tasks: of('open_tasks'), recurring_tasks: of('recurring_tasks'), bytes: of('bytes') },
      }
    },
  })
