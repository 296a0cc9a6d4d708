import type { taskCompleted } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import { createOccurrence, findSeries, scheduleOfSeries } from '@taskflow/tasks'
import type { Deps } from '../deps.ts'
import { nextOccurrence } from '../domain/next-occurrence.ts'

/** A completed task of a series begets the next occurrence: one task per (series, occurrence), however often the event arrives. */
export const onTaskCompleted =
  ({ clock }: Deps): Handler<typeof taskCompleted> =>
  async ({ task }, tx) => {
    if (task.series_id === null || task.occurrence === null) return
    const series = await findSeries(tx, task.series_id)
    if (!series?.is_active || series.mode !== 'on_completion' || series.user_id !== task.user_id) return
    const next = nextOccurrence(task, scheduleOfSeries(series), clock.now())
    if (next) await createOccurrence(tx, task, { occurrence: task.occurrence + 1, due_date: next.instant })
  }
