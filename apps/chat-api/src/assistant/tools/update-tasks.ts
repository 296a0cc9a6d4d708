import type { Task } from '@taskflow/event-contracts'
import { readValue } from '@taskflow/service-kit'
import { changeScope, taskPatchInput, toReminderInput, updateTask } from '@taskflow/tasks'
import { z } from 'zod'
import { type Change, changedTasks, changeEach, maxTasks } from './change-each.ts'
import { oneLine } from './one-line.ts'
import { textsOf } from './texts-of.ts'
import { type ToolCall, writeTool } from './tool.ts'
import { modelReminder, toDue, toReminders, when } from './when.ts'

const { due_date: _due, due_on: _on, reminders: _reminders, ...others } = taskPatchInput.shape
const changes = z
  .strictObject({
    ...others,
    due_date: when.nullable().optional(),
    reminders: z.array(modelReminder).max(20).optional(),
  })
  .refine((given) => Object.keys(given).length > 0, 'must name a field to change')

const scope = changeScope.optional().meta({
  description:
    'of a recurring task: how far it reaches. Left out, a moved due date is of this task only, the rest of the following too',
})

export const updateTasks = writeTool({
  name: 'update_tasks',
  title: 'Change tasks',
  description: 'Changes the fields that are given. Tags and reminders replace the whole list.',
  effect: 'changes',
  isIdempotent: true,
  input: z.strictObject({
    updates: z
      .array(z.strictObject({ id: z.uuid(), changes, scope }))
      .min(1)
      .max(maxTasks),
  }),
  output: changedTasks,
  touches: ({ updates }) => ({
    tasks: updates.map(({ id }) => id),
    series: [],
    creates: [],
    texts: updates.flatMap(({ changes }) => textsOf(changes)),
    details: Object.fromEntries(updates.map(({ id, changes }) => [id, listed(changes)])),
  }),
  withoutTasks: ({ updates }, left) => ({ updates: updates.filter(({ id }) => !left.has(id)) }),
  run: (tx, { updates }, caller) =>
    changeEach(tx, caller, {
      items: updates,
      idOf: ({ id }) => id,
      change: ({ id, changes, scope }, before) => {
        const { due_date, reminders, ...given } = changes
        const { time_zone = before!.time_zone, reminder_time = before!.reminder_time } = given
        const patch = readValue(taskPatchInput, {
          ...given,
          ...(due_date === undefined ? {} : toDue(due_date, time_zone, before)),
          ...(reminders ? { reminders: toReminders(reminders, { time_zone, reminder_time }) } : {}),
        })
        return updateTask(tx, caller.user.user_id, id, patch, { scope })
      },
      undo: (changes) => undoUpdates(changes, Object.fromEntries(updates.map(({ id, scope }) => [id, scope]))),
    }),
})

const listed = (changes: Record<string, unknown>): string =>
  Object.entries(changes)
    .map(([field, value]) => `${field}: ${oneLine(typeof value === 'string' ? value : JSON.stringify(value))}`)
    .join(', ')

const fields = Object.keys(changes.shape) as (keyof typeof changes.shape)[]

/** Calls that set the changed fields to their values before. */
export const undoUpdates = (changes: Change[], scopes: Record<string, unknown> = {}): ToolCall[] => {
  const updates = changes.flatMap(({ before, after }) => {
    const differing = fields.filter(
      (field) => JSON.stringify(fieldAsGiven(before!, field)) !== JSON.stringify(fieldAsGiven(after!, field)),
    )
    // Reminders move along with the due date.
    const named = differing.includes('due_date') ? differing.filter((field) => field !== 'reminders') : differing
    if (named.length === 0) return []
    const scope = scopes[before!.id]
    const was = Object.fromEntries(named.map((field) => [field, fieldAsGiven(before!, field)]))
    return { id: before!.id, changes: was, ...(scope ? { scope } : {}) }
  })
  return updates.length === 0 ? [] : [{ tool: 'update_tasks', input: { updates } }]
}

const fieldAsGiven = (task: Task, field: keyof typeof changes.shape) =>
  field === 'reminders'
    ? task.reminders.map(toReminderInput)
    : field === 'due_date'
      ? (task.due_on ?? task.due_date)
      : task[field]
