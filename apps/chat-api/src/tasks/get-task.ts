import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { findTask } from '@taskflow/tasks'
import { idParams, taskAnswer } from '../http/schemas.ts'
import { versionHeaders } from '../http/version-headers.ts'

export const getTask = ({ db }: BaseDeps) =>
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
