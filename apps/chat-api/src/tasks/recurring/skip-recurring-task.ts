import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { instantInput, skipDate } from '@taskflow/tasks'
import { z } from 'zod'
import { idParams } from '../../http/schemas.ts'
import { expectedVersion } from '../../http/version-headers.ts'
import { answerRecurring, recurringTaskAnswer } from './recurring-answer.ts'

export const skipRecurringTask = ({ transaction, clock }: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/recurring-tasks/:id/skip',
    summary: 'Skip one date, by default the next; its open task is skipped with it',
    access: 'user',
    params: idParams,
    body: z.strictObject({ date: instantInput.optional() }),
    headers: ['If-Match'],
    answers: { 200: recurringTaskAnswer },
    handle: async ({ params, body, headers, user, origin }) => {
      const version = expectedVersion(headers)
      const row = await transaction((tx) => skipDate(tx, user.user_id, params.id, body.date, version), origin)
      return { status: 200, ...answerRecurring(row, clock.now().toString()) }
    },
  })
