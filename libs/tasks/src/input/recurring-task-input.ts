import { recurrenceMode } from '@taskflow/event-contracts'
import { z } from 'zod'
import { dayInput, refuseInvalidRule, text } from './fields.ts'
import { newTaskInput, taskPatchInput } from './task-input.ts'

const pattern = z.enum(['daily', 'weekly', 'monthly', 'yearly'])

/** When the first task is due: local time in the recurring task's zone, or an instant, which is converted to it. */
const startDate = z.string().max(40).refine(isStart, {
  message: 'must be a local date-time like 2026-01-31T09:00:00, a date, or an instant with Z or an offset',
})
function isStart(value: string): boolean {
  try {
    localStart(value, 'UTC')
    return true
  } catch {
    return false
  }
}

/** The local date-time that a start means in a time zone. Throws RangeError. */
export const localStart = (value: string, time_zone: string): string => {
  const local = /(Z|[+-]\d\d(:?\d\d)?)(\[.*\])?$/.test(value.replace(/^[+-]?\d+-\d\d-\d\d/, ''))
    ? Temporal.Instant.from(value).toZonedDateTimeISO(time_zone).toPlainDateTime()
    : Temporal.PlainDateTime.from(value)
  if (local.year < 1900 || local.year > 8999) throw new RangeError()
  return local.toString({ smallestUnit: 'second' })
}

const own = {
  rule: text(1, 2_000),
  pattern,
  interval: z.int().min(1).max(1_000),
  start_date: startDate,
  start_on: dayInput,
}
const {
  title,
  description,
  priority,
  tags,
  category,
  recurrence_anchor,
  recurrence_catch_up,
  reminders,
  time_zone,
  reminder_time,
} = newTaskInput.shape

const remindersAreRelative = (value: { reminders?: { type: string }[] | undefined }, context: z.RefinementCtx) => {
  value.reminders?.forEach(({ type }, index) => {
    if (type === 'at')
      context.addIssue({
        code: 'custom',
        path: ['reminders', index, 'type'],
        message: 'must be relative to the due date: an instant belongs to one task',
      })
  })
}

const ruleIsValid = (
  value: { rule?: string | undefined; pattern?: string | undefined; interval?: number | undefined },
  context: z.RefinementCtx,
) => {
  if (value.rule !== undefined && value.pattern !== undefined)
    context.addIssue({ code: 'custom', path: ['pattern'], message: 'give either "rule" or "pattern"' })
  refuseInvalidRule('rule', value.rule, value.interval, context)
}

/** It starts at a time of a day, or, when it is all-day, on a day. */
const startsOnce = (
  value: { start_date?: string | undefined; start_on?: string | undefined },
  context: z.RefinementCtx,
) => {
  if (value.start_date === undefined || value.start_on === undefined) return
  const message = 'give either "start_on", a day, or "start_date", a time'
  context.addIssue({ code: 'custom', path: ['start_on'], message })
}

/** A recurring task to create: `pattern` (daily ...) or `rule` (an RRULE), and the content of each of its tasks. */
export const newRecurringTaskInput = z
  .strictObject({
    title,
    description,
    priority,
    tags,
    category,
    recurrence_anchor,
    recurrence_catch_up,
    reminders,
    time_zone,
    reminder_time,
    rule: own.rule.optional(),
    pattern: own.pattern.optional(),
    interval: own.interval.default(1),
    start_date: own.start_date.optional(),
    start_on: own.start_on.optional(),
    recurrence_mode: recurrenceMode.default('on_schedule'),
    is_active: z.boolean().default(true),
  })
  .superRefine((value, context) => {
    remindersAreRelative(value, context)
    ruleIsValid(value, context)
    if (value.rule === undefined && value.pattern === undefined)
      context.addIssue({
        code: 'custom',
        path: ['rule'],
        message: 'give "rule", an RRULE, or "pattern": daily, weekly, monthly or yearly',
      })
    startsOnce(value, context)
    if (value.start_date === undefined && value.start_on === undefined && !/DTSTART/i.test(value.rule ?? ''))
      context.addIssue({
        code: 'custom',
        path: ['start_date'],
        message: 'or start_on is needed unless the rule has DTSTART',
      })
  })
export type NewRecurringTask = z.infer<typeof newRecurringTaskInput>

const { due_date: _d, due_on: _o, recurrence_rule: _r, recurrence_interval: _i, ...patchable } = taskPatchInput.shape

/** A change of a recurring task: only what is given changes. */
export const recurringTaskPatchInput = z
  .strictObject({
    ...patchable,
    rule: own.rule.optional(),
    pattern: own.pattern.optional(),
    interval: own.interval.optional(),
    start_date: own.start_date.optional(),
    start_on: own.start_on.optional(),
  })
  .superRefine(startsOnce)
  .superRefine(remindersAreRelative)
  .superRefine(ruleIsValid)
export type RecurringTaskPatch = z.infer<typeof recurringTaskPatchInput>
