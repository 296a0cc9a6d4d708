import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { ownerOf } from '../../account/users.ts'
import { once } from '../../http/idempotency.ts'
import { withNotes } from '../../http/schemas.ts'
import { answerRecurring, recurringTaskAnswer } from './recurring-answer.ts'

export const createRecurringTask = ({ transaction }: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/recurring-tasks',
    summary: 'Create a recurring task; its tasks are made when their dates come',
    access: 'user',
    body: tasks.newRecurringTaskInput.meta({ id: 'NewRecurringTask' }),
    example: {
      title: 'Stand-up',
      rule: 'FREQ=WEEKLY;BYDAY=MO,WE',
      start_date: '2030-01-07T09:00:00',
      time_zone: 'Europe/Berlin',
    },
    headers: ['Idempotency-Key'],
    answers: { 201: recurringTaskAnswer },
    handle: (request) =>
      once(transaction, 'create recurring task', request, async (tx) => {
        const { body, user } = request
        const row = await tasks.createRecurringTask(tx, await ownerOf(tx, user.user_id), body)
        const answer = answerRecurring(row, tx.clock.now().toString())
        const location = `/api/v1/recurring-tasks/${row.id}`
        return {
          status: 201,
          body: withNotes(answer.body, tasks.notesOnSeries(row)),
          headers: { ...answer.headers, location },
        }
      }),
  })
