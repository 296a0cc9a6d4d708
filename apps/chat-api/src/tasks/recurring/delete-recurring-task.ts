import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { z } from 'zod'
import { idParams } from '../../http/schemas.ts'
import { expectedVersion } from '../../http/version-headers.ts'

export const deleteRecurringTask = ({ transaction }: BaseDeps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/recurring-tasks/:id',
    summary: 'Delete a recurring task with its open tasks, or keep these as tasks that no longer recur',
    access: 'user',
    params: idParams,
    query: z.strictObject({ open_tasks: z.enum(['delete', 'keep']).default('delete') }),
    headers: ['If-Match'],
    answers: { 204: null },
    handle: async ({ params, query: { open_tasks: openTasks }, headers, user, origin }) => {
      const options = { openTasks, expectedVersion: expectedVersion(headers) }
      await transaction((tx) => tasks.deleteRecurringTask(tx, user.user_id, params.id, options), origin)
      return { status: 204 }
    },
  })
