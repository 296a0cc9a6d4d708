import { searchTasks, taskState, text } from '@taskflow/tasks'
import { z } from 'zod'
import { page, taskPage } from './find-tasks.ts'
import { viewOf } from './task-view.ts'
import { readTool } from './tool.ts'

export const search = readTool({
  name: 'search',
  title: 'Search tasks by words',
  description:
    'Finds tasks by words in title, tags, category and description, best first. "quotes" for a phrase, a minus before a word excludes it; when nothing matches, titles that look alike are answered.',
  isIdempotent: true,
  input: z.strictObject({ query: text(1, 200), state: taskState.default('open'), ...page }),
  output: taskPage.extend({ is_fuzzy: z.boolean().meta({ description: 'nothing matched: these look alike' }) }),
  run: async ({ db }, { query, ...rest }, { user }) => {
    const { data, next_cursor, is_fuzzy } = await searchTasks(db, user.user_id, query, rest)
    return { tasks: data.map(viewOf), next_cursor, is_fuzzy }
  },
})
