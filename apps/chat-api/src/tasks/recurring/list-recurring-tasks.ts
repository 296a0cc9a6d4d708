import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { z } from 'zod'
import { pageOf, pageQuery } from '../../http/schemas.ts'
import { recurringTask } from './recurring-answer.ts'

const page = pageOf('RecurringTaskPage', recurringTask)

export const listRecurringTasks = ({ db, clock }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/recurring-tasks',
    summary: 'List recurring tasks, newest first',
    access: 'user',
    query: z.strictObject({
      ...pageQuery,
      is_active: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional(),
    }),
    answers: { 200: page },
    handle: async ({ query: { limit, cursor, ...filter }, user }) => {
      const now = clock.now().toString()
      const { data, next_cursor } = await tasks.listRecurringTasks(db, user.user_id, filter, { limit, cursor })
      return { status: 200, body: { data: data.map((row) => tasks.toRecurringTaskView(row, now)), next_cursor } }
    },
  })
