import { findTask } from '@taskflow/tasks'
import { z } from 'zod'
import { taskView, viewOf } from './task-view.ts'
import { readTool } from './tool.ts'

export const getTask = readTool({
  name: 'get_task',
  title: 'Show a task',
  description: 'Shows one task with all its fields.',
  isIdempotent: true,
  input: z.strictObject({ id: z.uuid() }),
  output: z.object({ task: taskView }),
  run: async ({ db }, { id }, { user }) => ({ task: viewOf(await findTask(db, user.user_id, id)) }),
})
