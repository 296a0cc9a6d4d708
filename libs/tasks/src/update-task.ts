import { type SeriesRow, tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { invalid, type Tx } from '@taskflow/service-kit'
import { and, asc, ne } from 'drizzle-orm'
import { z } from 'zod'
import { changeTask } from './change-task.ts'
import { lockTask, withReminders } from './find-task.ts'
import type { ReminderInput, TaskPatch } from './input.ts'
import { requireVersion } from './require-version.ts'
import { isOpenIn, newestOfSeries } from './series/newest-task.ts'
import { scheduleOfTask, seriesOfTask } from './series/of-task.ts'
import { nextColumns, noNext } from './series/schedule.ts'
import { changeSeries, insertSeries, lockSeriesOfTask } from './series/store-series.ts'
import { contentFields, relativeReminders, scheduleFields } from './series/template.ts'
import { mergeReminders, moveReminders } from './store-reminders.ts'
import { taskEvents } from './task-events.ts'

/**
 * How far a change of a recurring task reaches: this task, it and the ones that follow, or the other open ones too.
 * Without a scope what a task says reaches the following ones, and a moved due date this one only.
 */
export const changeScope = z.enum(['this', 'following', 'all'])
export type ChangeScope = z.infer<typeof changeScope>

/** Changes what the patch names. `expectedVersion` refuses (412) when somebody else was faster. */
export const updateTask = async (
  tx: Tx,
  user_id: string,
  id: string,
  patch: TaskPatch,
  options: { expectedVersion?: number | undefined; scope?: ChangeScope | undefined } = {},
): Promise<Task> => {
  const { scope } = options
  const concernsSeries = scope !== 'this' && Object.keys(patch).some((field) => scope || field !== 'due_date')
  const series = concernsSeries ? await lockSeriesOfTask(tx, user_id, id) : undefined
  const before = await lockTask(tx, user_id, id)
  requireVersion(before, options.expectedVersion)
  const wanted = patched(before, patch)
  const changesSchedule = scheduleFields.some((field) => before[field] !== wanted[field])
  if (scope === 'this') {
    if (changesSchedule && before.series_id !== null)
      throw invalid('scope', 'how a task recurs concerns the following ones too: leave it out, or say "following"')
    return changeTask(tx, before, wanted, taskEvents.updated)
  }
  const moves = scope !== undefined && before.due_date !== wanted.due_date
  const placed = await followSeries(tx, series, before, wanted, patch, changesSchedule || moves)
  if (scope === 'all' && series) await changeOthers(tx, series.id, id, patch)
  return changeTask(tx, before, placed, taskEvents.updated)
}

/** A task as a patch wants it. */
export const patched = (before: Task, { reminders: wished, ...fields }: TaskPatch): Task => {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const wanted: Task = { ...before, ...given }
  const present = wished
    ? mergeReminders(before.reminders, wished, wanted.due_date, wanted.time_zone)
    : before.reminders
  return { ...wanted, reminders: moveReminders(present, before, wanted) }
}

/** Begins, changes or ends the series of a task; answers the task with its place in it. */
const followSeries = async (
  tx: Tx,
  series: SeriesRow | undefined,
  before: Task,
  wanted: Task,
  patch: TaskPatch,
  reschedules: boolean,
): Promise<Task> => {
  const now = tx.clock.now().toString()
  if (wanted.recurrence_rule === null) {
    if (series && before.recurrence_rule !== null) await changeSeries(tx, series, { is_active: false, ...noNext })
    return wanted
  }
  if (!series || series.deleted_at !== null) {
    if (before.recurrence_rule === wanted.recurrence_rule) return wanted
    const columns = seriesOfTask(wanted, patch.reminders ?? wanted.reminders.map(toInput), now)
    const begun = await insertSeries(tx, { user_id: before.user_id, last_occurrence: 1, ...columns })
    return { ...wanted, series_id: begun.id, occurrence: 1 }
  }
  const given = contentFields.filter((field) => patch[field] !== undefined)
  const reminders = patch.reminders ? relativeReminders(patch.reminders) : series.reminders
  const is_active = series.is_active || before.recurrence_rule === null
  const schedule = reschedules
    ? {
        // Counted anew from the task with which it was changed.
        ...scheduleOfTask(wanted, reminders, now, series.skipped),
        last_occurrence: Math.max(series.last_occurrence, (await newestOfSeries(tx, series.id))?.occurrence ?? 1),
      }
    : nextColumns({ reminders, time_zone: series.time_zone }, series.next_occurrence)
  await changeSeries(tx, series, {
    ...Object.fromEntries(given.map((field) => [field, wanted[field]])),
    reminders,
    is_active,
    ...schedule,
    ...(is_active ? {} : noNext),
  })
  return wanted
}

/** What a task's reminder was asked for as. */
const toInput = ({ type, offset, at }: Task['reminders'][number]): ReminderInput => ({
  type,
  ...((type === 'before' || type === 'after') && offset !== null ? { offset } : {}),
  ...(type === 'at' && at !== null ? { at } : {}),
})

/** Makes the same change, dates apart, in the other open tasks of a locked series. */
export const changeOthers = async (
  tx: Tx,
  series_id: string,
  except: string | undefined,
  { due_date: _, ...patch }: TaskPatch,
): Promise<void> => {
  const rows = await tx
    .select()
    .from(tasks)
    .where(and(isOpenIn(series_id), except === undefined ? undefined : ne(tasks.id, except)))
    .orderBy(asc(tasks.id))
    .for('update')
  for (const task of await withReminders(tx, rows)) await changeTask(tx, task, patched(task, patch), taskEvents.updated)
}
