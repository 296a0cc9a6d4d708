import { updateTask } from '@taskflow/tasks'
import { z } from 'zod'
import { changedTasks, changeEach } from './change-each.ts'
import { writeTool } from './tool.ts'
import { undoUpdates, wishesOf } from './update-tasks.ts'
import { reminderWish, toReminders } from './when.ts'

export const addReminder = writeTool({
  name: 'add_reminder',
  title: 'Add a reminder',
  description:
    'Adds a reminder to a task: "before" or "after" its due date with an offset, or "at" a time. It is sent by e-mail when its time comes.',
  effect: 'adds',
  isIdempotent: false,
  input: z.strictObject({ id: z.uuid(), reminder: reminderWish }),
  output: changedTasks,
  touches: ({ id }) => ({ tasks: [id], series: [], creates: [], texts: [] }),
  run: (tx, { id, reminder }, caller) =>
    changeEach(tx, caller, {
      items: [reminder],
      idOf: () => id,
      change: (wish, before) => {
        const reminders = [...wishesOf(before!), ...toReminders([wish], before!.time_zone)]
        return updateTask(tx, caller.user.user_id, id, { reminders })
      },
      undo: (changes) => undoUpdates(changes),
    }),
})
