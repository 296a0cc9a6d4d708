import type { Task } from '@taskflow/event-contracts'
import { type BaseDeps, endpoint, type Principal, type Tx } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { ownerOf } from '../account/users.ts'
import { once } from '../http/idempotency.ts'
import { returnMinimal } from '../http/return-minimal.ts'
import { taskAnswer, withNotes } from '../http/schemas.ts'
import { versionHeaders } from '../http/version-headers.ts'
import { defaultReminders } from '../notifications/default-reminders.ts'

/** Creates a task with what its user has as defaults. */
export const createWithDefaults = async (tx: Tx, { user_id }: Principal, input: tasks.TaskDraft): Promise<Task> => {
  const owner = await ownerOf(tx, user_id)
  const { time_zone = owner.time_zone, reminder_time = owner.reminder_time ?? '09:00' } = input
  const reminders = input.reminders ?? (await defaultReminders(tx, user_id, { ...input, time_zone, reminder_time }))
  return tasks.createTask(tx, { user_id, time_zone, reminder_time }, { ...input, reminders })
}

export const createTask = ({ transaction }: BaseDeps) =>
  returnMinimal(
    endpoint({
      method: 'post',
      path: '/api/v1/tasks',
      summary: 'Create a task',
      access: 'user',
      headers: ['Idempotency-Key'],
      body: tasks.taskDraftInput.meta({ id: 'NewTask' }),
      example: {
        title: 'Pay rent',
        due_date: '2030-01-31T09:00:00+01:00',
        time_zone: 'Europe/Berlin',
        tags: ['home'],
        recurrence_rule: 'monthly',
        reminders: [{ type: 'before', offset: 'PT30M' }],
      },
      answers: { 201: taskAnswer },
      handle: (request) =>
        once(transaction, 'create task', request, async (tx) => {
          const task = await createWithDefaults(tx, request.user, request.body)
          return {
            status: 201,
            body: withNotes(task, tasks.notesOnTask(task)),
            headers: { ...versionHeaders(task), location: `/api/v1/tasks/${task.id}` },
          }
        }),
    }),
  )
