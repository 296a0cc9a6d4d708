import type { BaseDeps } from '@taskflow/service-kit'
import { findTask } from '@taskflow/tasks'
import { z } from 'zod'
import { taskView, viewOf } from './task-view.ts'
import { tool } from './tool.ts'

export const getTask = ({ db }: BaseDeps) =>
  tool({
    name: 'get_task',
    title: 'Show a task',
    description: 'Shows one task with all its fields.',
    effect: 'reads',
    isIdempotent: true,
    input: z.strictObject({ id: z.uuid() }),
    output: z.object({ task: taskView }),
    run: async ({ id }, { user }) => ({
      output: { task: viewOf(await findTask(db, user.user_id, id)) },
      undo: [],
    }),
  })
