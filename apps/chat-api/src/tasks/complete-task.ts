import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { completeTask as complete } from '@taskflow/tasks'
import { returnMinimal } from '../http/return-minimal.ts'
import { idParams, taskAnswer } from '../http/schemas.ts'
import { expectedVersion, versionHeaders } from '../http/version-headers.ts'

export const completeTask = ({ transaction }: BaseDeps) =>
  returnMinimal(
    endpoint({
      method: 'post',
      path: '/api/v1/tasks/:id/complete',
      summary: 'Complete a task; repeating it changes nothing',
      access: 'user',
      headers: ['If-Match'],
      params: idParams,
      answers: { 200: taskAnswer },
      handle: async ({ params, headers, user, origin }) => {
        const version = expectedVersion(headers)
        const task = await transaction((tx) => complete(tx, user.user_id, params.id, version), origin)
        return { status: 200, body: task, headers: versionHeaders(task) }
      },
    }),
  )
