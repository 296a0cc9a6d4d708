import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { idParams } from '../../http/schemas.ts'
import { expectedVersion } from '../../http/version-headers.ts'
import { answerRecurring, recurringTaskAnswer } from './recurring-answer.ts'

export const pauseRecurringTask = ({ transaction, clock }: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/recurring-tasks/:id/pause',
    summary: 'Make no further task until it is resumed; open ones stay',
    access: 'user',
    params: idParams,
    headers: ['If-Match'],
    answers: { 200: recurringTaskAnswer },
    handle: async ({ params, headers, user, origin }) => {
      const version = expectedVersion(headers)
      const row = await transaction((tx) => tasks.pauseRecurringTask(tx, user.user_id, params.id, version), origin)
      return { status: 200, ...answerRecurring(row, clock.now().toString()) }
    },
  })
