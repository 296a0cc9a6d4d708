import { toReminderInput, updateTask } from '@taskflow/tasks'
import { z } from 'zod'
import { changedTasks, changeEach } from './change-each.ts'
import { writeTool } from './tool.ts'
import { undoUpdates } from './update-tasks.ts'
import { modelReminder, toReminders } from './when.ts'

export const addReminder = writeTool({
  name: 'add_reminder',
  title: 'Add a reminder',
  description:
    'Adds a reminder to a task: "before" or "after" its due date with an offset, or "at" a time. It is sent by e-mail when its time comes.',
  effect: 'adds',
  isIdempotent: false,
  input: z.strictObject({ id: z.uuid(), reminder: modelReminder }),
  output: changedTasks,
  touches: ({ id }) => ({ tasks: [id], series: [], creates: [], texts: [] }),
  run: (tx, { id, reminder }, caller) =>
    changeEach(tx, caller, {
      items: [reminder],
      idOf: () => id,
      change: (added, before) => {
        const reminders = [...before!.reminders.map(toReminderInput), ...toReminders([added], before!)]
        return updateTask(tx, caller.user.user_id, id, { reminders })
      },
      undo: (changes) => undoUpdates(changes),
    }),
})
