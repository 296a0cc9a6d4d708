import type { SeriesRow } from '@taskflow/database'
import {
  type Changed,
  type RecurringTask,
  recurringTaskChanged,
  type Task,
  taskCompleted,
  taskCreated,
  taskDeleted,
  taskReopened,
  taskUpdated,
} from '@taskflow/event-contracts'
import { appendEvents, type NewEvent, newEvent, type Tx } from '@taskflow/service-kit'

const about = (task: Task) => ({ key: task.id, subject: task.id, user_id: task.user_id })

/** The events of each change of a task, ready for `append`. */
export const taskEvents = {
  created: (task: Task): NewEvent[] => [newEvent('task-events', taskCreated, { ...about(task), payload: { task } })],
  updated: (task: Task, changed: Changed): NewEvent[] => [
    newEvent('task-events', taskUpdated, { ...about(task), payload: { task, changed } }),
  ],
  /** A completed task of a series goes to task-recurrence too, under the same id. */
  completed: (task: Task, changed: Changed): NewEvent[] => {
    const event = newEvent('task-events', taskCompleted, { ...about(task), payload: { task, changed } })
    return task.series_id === null ? [event] : [event, { ...event, topic: 'task-recurrence', key: task.series_id }]
  },
  reopened: (task: Task, changed: Changed): NewEvent[] => [
    newEvent('task-events', taskReopened, { ...about(task), payload: { task, changed } }),
  ],
  deleted: (task: Task): NewEvent[] => [newEvent('task-events', taskDeleted, { ...about(task), payload: { task } })],
}

/** A series was begun or changed. */
export const seriesChanged = (row: SeriesRow, changed: Changed): NewEvent =>
  newEvent('task-recurrence', recurringTaskChanged, {
    key: row.id,
    subject: row.id,
    user_id: row.user_id,
    payload: { recurring_task: toRecurringTask(row), changed },
  })

export const toRecurringTask = (row: SeriesRow): RecurringTask => ({
  id: row.id,
  user_id: row.user_id,
  rule: row.rule,
  interval: row.interval,
  mode: row.mode,
  start_date: row.start_date,
  time_zone: row.time_zone,
  next_occurrence: row.next_occurrence,
  is_active: row.is_active,
  version: row.version,
})

/** Events of tasks always go to the outbox of the schema that owns tasks, whichever service writes them. */
export const append = (tx: Tx, events: NewEvent[]): Promise<void> => appendEvents(tx, 'tasks', events)
