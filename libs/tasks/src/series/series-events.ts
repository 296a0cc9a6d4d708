import type { SeriesRow } from '@taskflow/database'
import { type Changed, type RecurringTask, recurringTaskChanged, recurringTaskDue } from '@taskflow/event-contracts'
import { type NewEvent, newEvent } from '@taskflow/service-kit'
import type { NextOccurrence } from './next-date.ts'
import { dueAt } from './schedule.ts'

const about = (row: SeriesRow) => ({ key: row.id, subject: row.id, user_id: row.user_id })

/** A series is new or was changed. */
export const recurringTaskChangedEvent = (row: SeriesRow, changed: Changed): NewEvent =>
  newEvent('task-recurrence', recurringTaskChanged, {
    ...about(row),
    payload: { recurring_task: toRecurringTaskRecord(row), changed },
  })

/** A task of a series on schedule is to be made. */
export const recurringTaskDueEvent = (row: SeriesRow, next: NextOccurrence): NewEvent =>
  newEvent('task-recurrence', recurringTaskDue, {
    ...about(row),
    payload: { recurring_task: toRecurringTaskRecord(row), occurrence: next.occurrence, ...dueAt(row, next.date) },
  })

/** A series as events carry it: its schedule, without content. */
const toRecurringTaskRecord = (row: SeriesRow): RecurringTask => ({
  id: row.id,
  user_id: row.user_id,
  rule: row.rule,
  interval: row.interval,
  mode: row.mode,
  start_date: row.start_date,
  is_all_day: row.is_all_day,
  time_zone: row.time_zone,
  next_occurrence: row.next_occurrence,
  is_active: row.is_active,
  version: row.version,
})
