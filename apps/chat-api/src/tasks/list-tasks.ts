import { instant } from '@taskflow/event-contracts'
import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { z } from 'zod'
import { pageOf, pageQuery, taskAnswer } from '../http/schemas.ts'

const page = pageOf('TaskPage', taskAnswer.extend({ deleted_at: instant.optional() }).meta({ id: 'ListedTask' }))

export const listTasks = ({ db, clock }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/tasks',
    summary: 'List tasks, newest first by default; deleted ones with deleted=true',
    access: 'user',
    query: z.strictObject({
      ...pageQuery,
      // Holds the title of a task, in a list that is sorted by it.
      cursor: z.string().max(5_000).optional(),
      ...tasks.taskFilter,
      sort: tasks.taskSort.default('-created_at'),
    }),
    answers: { 200: page },
    handle: async ({ query: { limit, cursor, sort, ...filter }, user }) => ({
      status: 200,
      body: await tasks.listTasks(db, user.user_id, filter, { sort, limit, cursor, now: clock.now() }),
    }),
  })
