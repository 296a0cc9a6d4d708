import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { z } from 'zod'
import { pageOf, pageQuery, taskAnswer } from '../http/schemas.ts'

const fragments = z.array(z.object({ text: z.string(), match: z.boolean() }).meta({ id: 'Fragment' }))

const found = taskAnswer
  .extend({ highlights: z.object({ title: fragments, description: fragments }) })
  .meta({ id: 'FoundTask' })

const page = pageOf('FoundTaskPage', found, {
  is_fuzzy: z.boolean().meta({ description: 'nothing matched: these look alike' }),
})

export const searchTasks = ({ db }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/search',
    summary: 'Find tasks by their words, best first',
    access: 'user',
    query: z.strictObject({ ...pageQuery, q: tasks.text(1, 200), state: tasks.taskState.default('all') }),
    answers: { 200: page },
    handle: async ({ query: { q, ...page }, user }) => ({
      status: 200,
      body: await tasks.searchTasks(db, user.user_id, q, page),
    }),
  })
