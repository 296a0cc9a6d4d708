import {
  type Changed,
  type Task,
  taskCompleted,
  taskCreated,
  taskDeleted,
  taskReopened,
  taskUpdated,
} from '@taskflow/event-contracts'
import { appendEvents, type NewEvent, newEvent, type Tx } from '@taskflow/service-kit'

const about = (task: Task) => ({ key: task.id, subject: task.id, user_id: task.user_id })

/** The events of each change of a task, ready for `appendToTasksOutbox`. */
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

/** Events of tasks and series always go to the outbox of the schema that owns them, whichever service writes them. */
export const appendToTasksOutbox = (tx: Tx, events: NewEvent[]): Promise<void> => appendEvents(tx, 'tasks', events)
