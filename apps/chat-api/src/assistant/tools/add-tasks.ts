import { readValue } from '@taskflow/service-kit'
import { newTaskInput, taskDraftInput } from '@taskflow/tasks'
import { z } from 'zod'
import { ownerOf } from '../../account/users.ts'
import { createWithDefaults } from '../../tasks/create-task.ts'
import { callFor, changedTasks, changeEach } from './change-each.ts'
import { textsOf } from './texts-of.ts'
import { writeTool } from './tool.ts'
import { modelReminder, toDue, toReminders, when } from './when.ts'

const maxNewTasks = 25

const { title, due_date: _due, due_on: _on, reminders: _reminders, ...others } = newTaskInput.shape
const newTaskFields = z.strictObject({
  title,
  ...z.object(others).partial().shape,
  due_date: when.nullable().optional(),
  reminders: z.array(modelReminder).max(20).optional(),
})

export const addTasks = writeTool({
  name: 'add_tasks',
  title: 'Add tasks',
  description:
    'Creates up to 25 tasks. A recurrence_rule is daily, weekly, monthly, yearly or an RRULE such as FREQ=WEEKLY;BYDAY=MO,TH, and needs a due_date; a date alone makes a task of a day, and with a rule an all-day series.',
  effect: 'adds',
  isIdempotent: false,
  input: z.strictObject({
    tasks: z.array(newTaskFields).min(1).max(maxNewTasks, `must be at most ${maxNewTasks} tasks`),
  }),
  output: changedTasks,
  touches: ({ tasks }) => ({
    tasks: [],
    series: [],
    creates: tasks.map((task) => task.title),
    texts: tasks.flatMap(textsOf),
  }),
  run: async (tx, { tasks }, caller) => {
    const owner = await ownerOf(tx, caller.user.user_id)
    return changeEach(tx, caller, {
      items: tasks,
      idOf: () => undefined,
      change: async ({ due_date, reminders, ...given }) => {
        const { time_zone = owner.time_zone, reminder_time = owner.reminder_time } = given
        const task = readValue(taskDraftInput, {
          ...given,
          time_zone,
          ...(due_date == null ? {} : toDue(due_date, time_zone)),
          ...(reminders ? { reminders: toReminders(reminders, { time_zone, reminder_time }) } : {}),
        })
        return createWithDefaults(tx, caller.user, task)
      },
      undo: (changes) =>
        callFor(
          'delete_tasks',
          changes.map(({ after }) => after),
        ),
    })
  },
})
