import { priority } from '@taskflow/event-contracts'
import { endpoint } from '@taskflow/service-kit'
import { listTasks as list, text } from '@taskflow/tasks'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { pageOf, pageQuery, taskAnswer } from './schemas.ts'

export const listTasks = ({ db }: Deps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/tasks',
    summary: 'List tasks, newest first',
    access: 'user',
    query: z.strictObject({
      ...pageQuery,
      series_id: z.uuid().optional(),
      is_completed: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional(),
      priority: priority.optional(),
      tag: text(1, 50).optional(),
      category: text(1, 100).optional(),
    }),
    answers: { 200: pageOf(taskAnswer) },
    handle: async ({ query: { limit, cursor, ...filter }, user }) => ({
      status: 200,
      body: await list(db, user.user_id, filter, { limit, cursor }),
    }),
  })
