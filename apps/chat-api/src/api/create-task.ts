import { endpoint } from '@taskflow/service-kit'
import { createTask as create, newTaskInput } from '@taskflow/tasks'
import type { Deps } from '../deps.ts'
import { once } from '../domain/idempotency.ts'
import { timeZoneOf } from '../domain/users.ts'
import { taskAnswer } from './schemas.ts'
import { taskHeaders } from './task-headers.ts'

export const createTask = ({ transaction }: Deps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/tasks',
    summary: 'Create a task',
    access: 'user',
    body: newTaskInput,
    answers: { 201: taskAnswer },
    handle: (request) =>
      once(transaction, 'create task', request, async (tx) => {
        const { body, user } = request
        const time_zone = body.time_zone ?? (await timeZoneOf(tx, user.user_id))
        const task = await create(tx, { user_id: user.user_id, time_zone }, body)
        return { status: 201, body: task, headers: { ...taskHeaders(task), location: `/api/v1/tasks/${task.id}` } }
      }),
  })
