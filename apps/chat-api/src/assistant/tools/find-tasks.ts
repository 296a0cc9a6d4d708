import { priority } from '@taskflow/event-contracts'
import { listTasks, taskFilter, taskSort, taskState } from '@taskflow/tasks'
import { z } from 'zod'
import { timeZoneOf } from '../../account/users.ts'
import { taskView, viewOf } from './task-view.ts'
import { readTool } from './tool.ts'
import { toInstant, when } from './when.ts'

export const page = {
  limit: z.int().min(1).max(100).default(20),
  cursor: z.string().max(5_000).optional().meta({ description: 'next_cursor of the page before' }),
}

export const taskPage = z.object({ tasks: z.array(taskView), next_cursor: z.string().nullable() })

export const findTasks = readTool({
  name: 'find_tasks',
  title: 'List tasks by their fields',
  description:
    'Lists tasks by state, due date, tags, category, priority or series. To find tasks by their words use search.',
  isIdempotent: true,
  input: z.strictObject({
    state: taskState.default('open'),
    overdue: z.boolean().optional(),
    due_after: when.optional().meta({ description: 'due then or later; local time is of the user' }),
    due_before: when.optional().meta({ description: 'due before then; local time is of the user' }),
    tags: z.array(z.string().min(1).max(50)).max(20).optional().meta({ description: 'all of them' }),
    category: taskFilter.category,
    priority: priority.optional(),
    series_id: taskFilter.series_id,
    sort: taskSort.default('due_date'),
    ...page,
  }),
  output: taskPage,
  run: async (
    { db, clock },
    { tags, due_after, due_before, sort, limit, cursor, ...filter },
    { user: { user_id } },
  ) => {
    const time_zone = await timeZoneOf(db, user_id)
    const { data, next_cursor } = await listTasks(
      db,
      user_id,
      {
        ...filter,
        ...(tags?.length ? { tag: tags } : {}),
        ...(due_after ? { due_after: toInstant(due_after, time_zone, 'due_after') } : {}),
        ...(due_before ? { due_before: toInstant(due_before, time_zone, 'due_before') } : {}),
      },
      { sort, limit, cursor, now: clock.now() },
    )
    return { tasks: data.map(viewOf), next_cursor }
  },
})
