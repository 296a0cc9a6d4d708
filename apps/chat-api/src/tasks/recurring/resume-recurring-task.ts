import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { idParams } from '../../http/schemas.ts'
import { expectedVersion } from '../../http/version-headers.ts'
import { answerRecurring, recurringTaskAnswer } from './recurring-answer.ts'

export const resumeRecurringTask = ({ transaction, clock }: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/recurring-tasks/:id/resume',
    summary: 'Go on with the next date that is still to come',
    access: 'user',
    params: idParams,
    headers: ['If-Match'],
    answers: { 200: recurringTaskAnswer },
    handle: async ({ params, headers, user, origin }) => {
      const version = expectedVersion(headers)
      const row = await transaction((tx) => tasks.resumeRecurringTask(tx, user.user_id, params.id, version), origin)
      return { status: 200, ...answerRecurring(row, clock.now().toString()) }
    },
  })
