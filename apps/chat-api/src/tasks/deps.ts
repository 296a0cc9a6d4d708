import type { Quotas } from '@taskflow/tasks'
import { z } from 'zod'

/** 0: no limit. */
const quota = z.coerce.number().int().min(0)

export const taskSettings = {
  /** What one person may store. */
  QUOTA_OPEN_TASKS: quota.default(10_000),
  QUOTA_RECURRING_TASKS: quota.default(500),
  /** Megabytes of text in tasks and recurring tasks, those deleted in the last 30 days included. */
  QUOTA_STORED_MB: quota.default(100),
}

export interface TaskDeps {
  quotas: Quotas
}

export const quotasOf = (config: z.infer<z.ZodObject<typeof taskSettings>>): Quotas => ({
  open_tasks: config.QUOTA_OPEN_TASKS,
  recurring_tasks: config.QUOTA_RECURRING_TASKS,
  bytes: config.QUOTA_STORED_MB * 1_000_000,
})
