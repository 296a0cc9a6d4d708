import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { skipTask as skip } from '@taskflow/tasks'
import { returnMinimal } from '../http/return-minimal.ts'
import { idParams, taskAnswer } from '../http/schemas.ts'
import { expectedVersion, versionHeaders } from '../http/version-headers.ts'

export const skipTask = ({ transaction }: BaseDeps) =>
  returnMinimal(
    endpoint({
      method: 'post',
      path: '/api/v1/tasks/:id/skip',
      summary: 'Skip this date of a recurring task: it moves to the next one; on schedule it is deleted (204)',
      access: 'user',
      headers: ['If-Match'],
      params: idParams,
      answers: { 200: taskAnswer, 204: null },
      handle: async ({ params, headers, user, origin }) => {
        const version = expectedVersion(headers)
        const task = await transaction((tx) => skip(tx, user.user_id, params.id, version), origin)
        return task ? { status: 200, body: task, headers: versionHeaders(task) } : { status: 204 }
      },
    }),
  )
