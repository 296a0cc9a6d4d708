import { tasks } from '@taskflow/database'
import { priority } from '@taskflow/event-contracts'
import { and, arrayContains, eq, gt, gte, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { instantInput, label } from '../input/fields.ts'

const flag = z.stringbool({ truthy: ['true'], falsy: ['false'] })
const tag = label(50)

/** Open, completed, or both. */
export const taskState = z.enum(['open', 'completed', 'all'])
export type TaskState = z.infer<typeof taskState>

/** Which tasks to list, as query parameters. */
export const taskFilter = {
  state: taskState.optional(),
  is_completed: flag.optional(),
  due_after: instantInput.optional(),
  due_before: instantInput.optional(),
  overdue: flag.optional(),
  tag: z
    .union(
      [tag.transform((one) => [one]), z.array(tag).max(20)],
      'must be a tag of 1 to 50 characters; repeat it for several',
    )
    .optional(),
  category: label(100).optional(),
  priority: priority.optional(),
  series_id: z.uuid().optional(),
  deleted: flag.optional(),
}
const filter = z.object(taskFilter)
export type TaskFilter = z.infer<typeof filter>

/** How long a deleted task can be restored. */
export const restorableFor = { hours: 30 * 24 }

/** The condition for the user's tasks that match a filter. */
export const matching = (user_id: string, wanted: TaskFilter, now: Temporal.Instant): SQL | undefined => {
  const overdue = and(eq(tasks.is_completed, false), lt(dueOrDayEnd, now.toString()))
  return and(
    eq(tasks.user_id, user_id),
    wanted.deleted ? gt(tasks.deleted_at, now.subtract(restorableFor).toString()) : isNull(tasks.deleted_at),
    ofState(wanted.state),
    wanted.is_completed === undefined ? undefined : eq(tasks.is_completed, wanted.is_completed),
    wanted.due_after ? gte(dueOrDayEnd, wanted.due_after) : undefined,
    wanted.due_before ? lt(dueOrDayEnd, wanted.due_before) : undefined,
    wanted.overdue === undefined ? undefined : wanted.overdue ? overdue : sql`(${overdue}) IS NOT TRUE`,
    wanted.tag ? arrayContains(tasks.tags, wanted.tag) : undefined,
    wanted.category ? eq(tasks.category, wanted.category) : undefined,
    wanted.priority ? eq(tasks.priority, wanted.priority) : undefined,
    wanted.series_id ? eq(tasks.series_id, wanted.series_id) : undefined,
  )
}

/** When a task is due: at an instant, or when its day ends. As in the index tasks_by_due. */
export const dueOrDayEnd = sql<string | null>`COALESCE(${tasks.due_date}, ${tasks.day_ends_at})`

const ofState = (state: TaskState | undefined): SQL | undefined =>
  state === 'open' || state === 'completed' ? eq(tasks.is_completed, state === 'completed') : undefined
