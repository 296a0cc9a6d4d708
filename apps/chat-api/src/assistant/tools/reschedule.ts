import { updateTask } from '@taskflow/tasks'
import { z } from 'zod'
import { changedTasks, changeEach, maxTasks } from './change-each.ts'
import { writeTool } from './tool.ts'
import { undoUpdates } from './update-tasks.ts'
import { toDue, when } from './when.ts'

export const reschedule = writeTool({
  name: 'reschedule',
  title: 'Move tasks to another time',
  description:
    'Gives tasks another due date; null takes it away. A date alone keeps the time of a task that has one. Reminders move along. Of a recurring task only this occurrence is moved; use update_tasks with a scope to move the following too.',
  effect: 'changes',
  isIdempotent: true,
  input: z.strictObject({
    moves: z
      .array(z.strictObject({ id: z.uuid(), due_date: when.nullable() }))
      .min(1)
      .max(maxTasks),
  }),
  output: changedTasks,
  touches: ({ moves }) => ({
    tasks: moves.map(({ id }) => id),
    series: [],
    creates: [],
    texts: [],
    details: Object.fromEntries(moves.map(({ id, due_date }) => [id, `to ${due_date ?? 'no date'}`])),
  }),
  withoutTasks: ({ moves }, left) => ({ moves: moves.filter(({ id }) => !left.has(id)) }),
  run: (tx, { moves }, caller) =>
    changeEach(tx, caller, {
      items: moves,
      idOf: ({ id }) => id,
      change: ({ id, due_date: wanted }, before) => {
        return updateTask(tx, caller.user.user_id, id, toDue(wanted, before!.time_zone, before))
      },
      undo: (changes) => undoUpdates(changes),
    }),
})
