import { priority, recurrenceAnchor, recurrenceCatchUp, recurrenceMode, reminderType } from '@taskflow/event-contracts'
import { checkRule, isTimeZone, RecurrenceError } from '@taskflow/recurrence'
import { z } from 'zod'
import { reminderOffset } from './reminder-time.ts'

/** Text that Postgres can hold: no NUL, no half of a surrogate pair. */
export const text = (min: number, max: number) =>
  z
    .string()
    .trim()
    .min(min, min === 1 ? 'must not be empty' : undefined)
    .max(max, `must be at most ${max} characters`)
    .refine((value) => !value.includes('\0') && value.isWellFormed(), 'must be valid Unicode text without NUL')

/** An instant as people may send it: ISO 8601 with Z or an offset. Without one it would be ambiguous, so it is refused. */
export const instantInput = z
  .string()
  .max(40)
  .transform((value, context) => {
    try {
      const instant = Temporal.Instant.from(value).round('millisecond')
      if (instant.epochMilliseconds < earliest || instant.epochMilliseconds > latest) throw new RangeError()
      return instant.toString()
    } catch {
      context.addIssue('must be an ISO 8601 date-time with Z or an offset, like 2026-02-28T09:00:00+01:00')
      return z.NEVER
    }
  })
const earliest = Date.UTC(1900, 0, 1)
const latest = Date.UTC(9000, 0, 1)

export const timeZoneInput = z.string().max(64).refine(isTimeZone, 'must be an IANA time zone, like Europe/Berlin')

const offset = z
  .string()
  .max(40)
  .refine(
    (value) => reminderOffset(value) !== undefined,
    'must be a positive ISO 8601 duration of at most 366 days, like PT30M',
  )

/** A reminder as people send it. */
export const reminderInput = z
  .strictObject({ type: reminderType, offset: offset.optional(), at: instantInput.optional() })
  .superRefine((value, context) => {
    const needsOffset = value.type === 'before' || value.type === 'after'
    const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (needsOffset && value.offset === undefined) problem('offset', `is needed for type "${value.type}", like PT30M`)
    if (!needsOffset && value.offset !== undefined) problem('offset', `does not belong to type "${value.type}"`)
    if (value.type === 'at' && value.at === undefined) problem('at', 'is needed for type "at"')
    if (value.type !== 'at' && value.at !== undefined) problem('at', `does not belong to type "${value.type}"`)
  })
export type ReminderInput = z.infer<typeof reminderInput>

const tags = z
  .array(text(1, 50))
  .max(50, 'must be at most 50 tags')
  .transform((values) => [...new Set(values)])

const fields = {
  title: text(1, 500),
  description: text(0, 10_000),
  priority,
  due_date: instantInput.nullable(),
  time_zone: timeZoneInput,
  recurrence_rule: text(1, 2_000).nullable(),
  recurrence_interval: z.int().min(1).max(1_000),
  recurrence_mode: recurrenceMode,
  recurrence_anchor: recurrenceAnchor,
  recurrence_catch_up: recurrenceCatchUp,
  tags,
  category: text(1, 100).nullable(),
  reminders: z.array(reminderInput).max(20, 'must be at most 20 reminders'),
}

const ruleIsSound = (
  value: { recurrence_rule?: string | null | undefined; recurrence_interval?: number | undefined },
  context: z.RefinementCtx,
) => {
  if (value.recurrence_rule === undefined || value.recurrence_rule === null) return
  try {
    checkRule(value.recurrence_rule, value.recurrence_interval ?? 1)
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error
    context.addIssue({ code: 'custom', path: ['recurrence_rule'], message: `${error.part}: ${error.message}` })
  }
}

/** A task to be created. What is left out gets the default. */
export const newTaskInput = z
  .strictObject({
    ...fields,
    description: fields.description.default(''),
    priority: fields.priority.default('medium'),
    due_date: fields.due_date.default(null),
    time_zone: fields.time_zone.optional(),
    recurrence_rule: fields.recurrence_rule.default(null),
    recurrence_interval: fields.recurrence_interval.default(1),
    recurrence_mode: fields.recurrence_mode.default('on_completion'),
    recurrence_anchor: fields.recurrence_anchor.default('due_date'),
    recurrence_catch_up: fields.recurrence_catch_up.default('skip'),
    tags: fields.tags.default([]),
    category: fields.category.default(null),
    reminders: fields.reminders.default([]),
  })
  .superRefine(ruleIsSound)
export type NewTask = z.infer<typeof newTaskInput>

/** A change of a task: only what is given changes. `reminders` and `tags` replace the whole list. */
export const taskPatchInput = z.strictObject(fields).partial().superRefine(ruleIsSound)
export type TaskPatch = z.infer<typeof taskPatchInput>
