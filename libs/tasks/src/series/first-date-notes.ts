import type { SeriesRow } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { noteOnFirst, type Schedule } from '@taskflow/recurrence'
import { dueFrom } from '../task/due.ts'
import { ifAffordable, localInstant, localTime, scheduleOf } from './schedule.ts'

/** What is to be said of a new task that repeats: that its due date is none of its rule's dates. */
export const notesOnTask = (task: Task): string[] => {
  const first = dueFrom(task)
  if (task.recurrence_rule === null || first === null) return []
  const { recurrence_rule: rule, recurrence_interval: interval, time_zone } = task
  const schedule = { rule, interval, time_zone, start: localTime(first, time_zone) }
  return notes(schedule, first, task.due_on !== null)
}

/** The same of a new series and its start. */
export const notesOnSeries = (row: SeriesRow): string[] => {
  if (/DTSTART/i.test(row.rule)) return []
  return notes(scheduleOf(row), localInstant(row.start_date, row.time_zone), row.is_all_day)
}

const notes = (schedule: Schedule, first: string, isAllDay: boolean): string[] =>
  ifAffordable(() => [noteOnFirst(schedule, first, { isAllDay }) ?? []].flat(), [])
