import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { findRecurringTask } from '@taskflow/tasks'
import { idParams } from '../../http/schemas.ts'
import { answerRecurring, recurringTaskAnswer } from './recurring-answer.ts'

export const getRecurringTask = ({ db, clock }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/recurring-tasks/:id',
    summary: 'Get a recurring task with the dates that come next',
    access: 'user',
    params: idParams,
    answers: { 200: recurringTaskAnswer },
    handle: async ({ params, user }) => {
      const row = await findRecurringTask(db, user.user_id, params.id)
      return { status: 200, ...answerRecurring(row, clock.now().toString()) }
    },
  })
