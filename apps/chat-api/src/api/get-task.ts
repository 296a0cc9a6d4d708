import { endpoint } from '@taskflow/service-kit'
import { findTask } from '@taskflow/tasks'
import type { Deps } from '../deps.ts'
import { idParams, taskAnswer } from './schemas.ts'
import { versionHeaders } from './version-headers.ts'

export const getTask = ({ db }: Deps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/tasks/:id',
    summary: 'Show a task',
    access: 'user',
    params: idParams,
    answers: { 200: taskAnswer },
    handle: async ({ params, user }) => {
      const task = await findTask(db, user.user_id, params.id)
      return { status: 200, body: task, headers: versionHeaders(task) }
    },
  })
