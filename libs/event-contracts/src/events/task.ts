import { z } from 'zod'
import { defineEvent, type Upcasters } from '../define-event.ts'
import { changed, task } from '../records.ts'

/** Before version 3.0 a task could be due at an instant only. */
const withoutDays: Upcasters = {
  '2.0': ({ task, ...rest }) => ({
    ...rest,
    schema_version: '3.0',
    task: { ...(task as object), due_on: null, reminder_time: '09:00' },
  }),
}

export const taskCreated = defineEvent('task.created', '3.0', z.object({ task }), withoutDays)

export const taskUpdated = defineEvent('task.updated', '3.0', z.object({ task, changed }), withoutDays)

export const taskCompleted = defineEvent('task.completed', '3.0', z.object({ task, changed }), withoutDays)

export const taskReopened = defineEvent('task.reopened', '3.0', z.object({ task, changed }), withoutDays)

export const taskDeleted = defineEvent('task.deleted', '3.0', z.object({ task }), withoutDays)

/** A task as it is, for one consumer that was not there when its events were; no change happened. */
export const taskSnapshot = defineEvent('task.snapshot', '1.0', z.object({ task, consumer: z.string().max(63) }))
