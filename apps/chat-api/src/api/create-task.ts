import { endpoint } from '@taskflow/service-kit'
import { createTask as create, newTaskInput } from '@taskflow/tasks'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { once } from '../domain/idempotency.ts'
import { timeZoneOf } from '../domain/users.ts'
import { defaultReminders } from './notifications/default-reminders.ts'
import { taskAnswer } from './schemas.ts'
import { versionHeaders } from './version-headers.ts'

/** Whether `reminders` was given decides: only a task that says nothing of them gets the user's default. */
const input = z
  .strictObject({ ...newTaskInput.shape, reminders: newTaskInput.shape.reminders.unwrap().optional() })
  .check(...((newTaskInput.def.checks ?? []) as z.core.$ZodCheck<unknown>[]))

export const createTask = ({ transaction }: Deps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/tasks',
    summary: 'Create a task',
    access: 'user',
    body: input,
    answers: { 201: taskAnswer },
    handle: (request) =>
      once(transaction, 'create task', request, async (tx) => {
        const { body, user } = request
        const time_zone = body.time_zone ?? (await timeZoneOf(tx, user.user_id))
        const { user_id } = user
        const reminders = body.reminders ?? (await defaultReminders(tx, user_id, { ...body, time_zone }))
        const task = await create(tx, { user_id, time_zone }, { ...body, reminders })
        return { status: 201, body: task, headers: { ...versionHeaders(task), location: `/api/v1/tasks/${task.id}` } }
      }),
  })
