import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { z } from 'zod'
import { idParams } from '../../http/schemas.ts'
import { expectedVersion } from '../../http/version-headers.ts'
import { answerRecurring, recurringTaskAnswer } from './recurring-answer.ts'

export const updateRecurringTask = ({ transaction, clock }: BaseDeps) =>
  endpoint({
    method: 'patch',
    path: '/api/v1/recurring-tasks/:id',
    summary: 'Change a recurring task: the tasks to come, and with scope "all", the default, the open ones too',
    access: 'user',
    params: idParams,
    query: z.strictObject({ scope: tasks.changeScope.exclude(['this']).default('all') }),
    body: tasks.recurringTaskPatchInput.meta({ id: 'RecurringTaskPatch' }),
    headers: ['If-Match'],
    answers: { 200: recurringTaskAnswer },
    handle: async ({ params, query: { scope }, body, headers, user, origin }) => {
      const options = { scope, expectedVersion: expectedVersion(headers) }
      const row = await transaction(
        (tx) => tasks.updateRecurringTask(tx, user.user_id, params.id, body, options),
        origin,
      )
      return { status: 200, ...answerRecurring(row, clock.now().toString()) }
    },
  })
