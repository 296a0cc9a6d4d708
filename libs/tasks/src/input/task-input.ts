import { priority, recurrenceAnchor, recurrenceCatchUp, recurrenceMode, timeOfDay } from '@taskflow/event-contracts'
import { z } from 'zod'
import { dayInput, instantInput, label, refuseInvalidRule, reminderInput, text, timeZoneInput } from './fields.ts'

const tags = z
  .array(label(50))
  .max(50, 'must be at most 50 tags')
  .transform((values) => [...new Set(values)])

const fields = {
  title: text(1, 500),
  description: text(0, 10_000),
  priority,
  due_date: instantInput.nullable(),
  due_on: dayInput.nullable(),
  reminder_time: timeOfDay,
  time_zone: timeZoneInput,
  recurrence_rule: text(1, 2_000).nullable(),
  recurrence_interval: z.int().min(1).max(1_000),
  recurrence_mode: recurrenceMode,
  recurrence_anchor: recurrenceAnchor,
  recurrence_catch_up: recurrenceCatchUp,
  tags,
  category: label(100).nullable(),
  reminders: z.array(reminderInput).max(20, 'must be at most 20 reminders'),
}

const ruleIsValid = (
  value: { recurrence_rule?: string | null | undefined; recurrence_interval?: number | undefined },
  context: z.RefinementCtx,
) => refuseInvalidRule('recurrence_rule', value.recurrence_rule, value.recurrence_interval, context)

/** A task is due at an instant or on a day. */
const isDueOnce = (
  { due_date, due_on }: { due_date?: string | null | undefined; due_on?: string | null | undefined },
  context: z.RefinementCtx,
) => {
  if (due_date == null || due_on == null) return
  const message = 'give either "due_on", a day, or "due_date", an instant'
  context.addIssue({ code: 'custom', path: ['due_on'], message })
}

/**
 * A task to create, for callers with default reminders of their own: `reminders` is undefined unless it was sent.
 * Everything else that is left out gets its default.
 */
export const taskDraftInput = z
  .strictObject({
    ...fields,
    description: fields.description.default(''),
    priority: fields.priority.default('medium'),
    due_date: fields.due_date.default(null),
    due_on: fields.due_on.default(null),
    reminder_time: fields.reminder_time.optional(),
    time_zone: fields.time_zone.optional(),
    recurrence_rule: fields.recurrence_rule.default(null),
    recurrence_interval: fields.recurrence_interval.default(1),
    recurrence_mode: fields.recurrence_mode.default('on_completion'),
    recurrence_anchor: fields.recurrence_anchor.default('due_date'),
    recurrence_catch_up: fields.recurrence_catch_up.default('skip'),
    tags: fields.tags.default([]),
    category: fields.category.default(null),
    reminders: fields.reminders.optional(),
  })
  .superRefine(ruleIsValid)
  .superRefine(isDueOnce)
export type TaskDraft = z.infer<typeof taskDraftInput>

/** A task to create. What is left out gets its default. */
export const newTaskInput = taskDraftInput.safeExtend({ reminders: fields.reminders.default([]) })
export type NewTask = z.infer<typeof newTaskInput>

/** A change of a task: only what is given changes. `reminders` and `tags` replace the whole list. */
export const taskPatchInput = z.strictObject(fields).partial().superRefine(ruleIsValid).superRefine(isDueOnce)
export type TaskPatch = z.infer<typeof taskPatchInput>
