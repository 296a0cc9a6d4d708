import { endpoint } from '@taskflow/service-kit'
import { taskPatchInput, updateTask as update } from '@taskflow/tasks'
import type { Deps } from '../deps.ts'
import { idParams, taskAnswer } from './schemas.ts'
import { expectedVersion, taskHeaders } from './task-headers.ts'

export const updateTask = ({ transaction }: Deps) =>
  endpoint({
    method: 'patch',
    path: '/api/v1/tasks/:id',
    summary: 'Change the given fields of a task',
    access: 'user',
    params: idParams,
    body: taskPatchInput,
    answers: { 200: taskAnswer },
    handle: async ({ params, body, headers, user, origin }) => {
      const version = expectedVersion(headers)
      const task = await transaction((tx) => update(tx, user.user_id, params.id, body, version), origin)
      return { status: 200, body: task, headers: taskHeaders(task) }
    },
  })
