import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { idParams } from '../http/schemas.ts'
import { expectedVersion } from '../http/version-headers.ts'

export const deleteTask = ({ transaction }: BaseDeps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/tasks/:id',
    summary: 'Delete a task; it can be restored for 30 days',
    access: 'user',
    headers: ['If-Match'],
    params: idParams,
    answers: { 204: null },
    handle: async ({ params, headers, user, origin }) => {
      const version = expectedVersion(headers)
      await transaction((tx) => tasks.deleteTask(tx, user.user_id, params.id, version), origin)
      return { status: 204 }
    },
  })
