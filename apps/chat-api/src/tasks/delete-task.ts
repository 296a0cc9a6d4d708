import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { z } from 'zod'
import { idParams } from '../http/schemas.ts'
import { expectedVersion } from '../http/version-headers.ts'

export const deleteTask = ({ transaction }: BaseDeps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/tasks/:id',
    summary:
      'Delete a task; it can be restored for 30 days. Of a recurring one: skip it, end its series, or keep the series',
    access: 'user',
    headers: ['If-Match'],
    params: idParams,
    query: z.strictObject({ series: tasks.seriesChoice.optional() }),
    answers: { 204: null },
    handle: async ({ params, query: { series }, headers, user, origin }) => {
      const options = { series, expectedVersion: expectedVersion(headers) }
      await transaction((tx) => tasks.deleteTask(tx, user.user_id, params.id, options), origin)
      return { status: 204 }
    },
  })
