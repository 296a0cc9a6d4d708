import { listRecurringTasks, toRecurringTaskView } from '@taskflow/tasks'
import { z } from 'zod'
import { recurringTask } from '../../tasks/recurring/recurring-answer.ts'
import { page } from './find-tasks.ts'
import { readTool } from './tool.ts'

export const seriesView = recurringTask
  .pick({
    id: true,
    title: true,
    schedule: true,
    rule: true,
    interval: true,
    time_zone: true,
    next_occurrence: true,
    start_on: true,
    is_active: true,
    recurrence_mode: true,
    priority: true,
    tags: true,
    category: true,
  })
  .strip()

export const listRecurring = readTool({
  name: 'list_recurring',
  title: 'List recurring tasks',
  description: 'Lists the series of recurring tasks, with how they recur and the next date. Their ids are series ids.',
  isIdempotent: true,
  input: z.strictObject({
    is_active: z.boolean().optional().meta({ description: 'false: those that are paused or have ended' }),
    ...page,
  }),
  output: z.object({ series: z.array(seriesView), next_cursor: z.string().nullable() }),
  run: async ({ db, clock }, { is_active, limit, cursor }, { user }) => {
    const now = clock.now().toString()
    const { data, next_cursor } = await listRecurringTasks(db, user.user_id, { is_active }, { limit, cursor })
    return { series: data.map((row) => seriesView.parse(toRecurringTaskView(row, now))), next_cursor }
  },
})
