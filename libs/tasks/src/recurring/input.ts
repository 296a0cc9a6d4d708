import { recurrenceMode } from '@taskflow/event-contracts'
import { checkRule, RecurrenceError } from '@taskflow/recurrence'
import { z } from 'zod'
import { newTaskInput, taskPatchInput, text } from '../input.ts'

const pattern = z.enum(['daily', 'weekly', 'monthly', 'yearly'])

/** When the first task is due: wall-clock time in the recurring task's zone, or an instant, which is turned into that. */
const startDate = z.string().max(40).refine(isStart, {
  message: 'must be a local date-time like 2026-01-31T09:00:00, a date, or an instant with Z or an offset',
})
function isStart(value: string): boolean {
  try {
    startIn(value, 'UTC')
    return true
  } catch {
    return false
  }
}

/** The local date-time that a given start means in a time zone. Throws RangeError. */
export const startIn = (value: string, time_zone: string): string => {
  const local = /(Z|[+-]\d\d(:?\d\d)?)(\[.*\])?$/.test(value.replace(/^[+-]?\d+-\d\d-\d\d/, ''))
    ? Temporal.Instant.from(value).toZonedDateTimeISO(time_zone).toPlainDateTime()
    : Temporal.PlainDateTime.from(value)
  if (local.year < 1900 || local.year > 8999) throw new RangeError()
  return local.toString({ smallestUnit: 'second' })
}

const own = { rule: text(1, 2_000), pattern, interval: z.int().min(1).max(1_000), start_date: startDate }
const { title, description, priority, tags, category, recurrence_anchor, recurrence_catch_up, reminders, time_zone } =
  newTaskInput.shape

const remindersOfSeries = (value: { reminders?: { type: string }[] | undefined }, context: z.RefinementCtx) => {
  value.reminders?.forEach(({ type }, index) => {
    if (type === 'at')
      context.addIssue({
        code: 'custom',
        path: ['reminders', index, 'type'],
        message: 'must be relative to the due date: an instant belongs to one task',
      })
  })
}

const ruleIsSound = (
  value: { rule?: string | undefined; pattern?: string | undefined; interval?: number | undefined },
  context: z.RefinementCtx,
) => {
  if (value.rule !== undefined && value.pattern !== undefined)
    context.addIssue({ code: 'custom', path: ['pattern'], message: 'give either "rule" or "pattern"' })
  if (value.rule === undefined) return
  try {
    checkRule(value.rule, value.interval ?? 1)
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error
    context.addIssue({ code: 'custom', path: ['rule'], message: `${error.part}: ${error.message}` })
  }
}

/** A recurring task to be created: `pattern` (daily ...) or `rule` (an RRULE), and what each of its tasks is like. */
export const newRecurringInput = z
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
    rule: own.rule.optional(),
    pattern: own.pattern.optional(),
    interval: own.interval.default(1),
    start_date: own.start_date.optional(),
    recurrence_mode: recurrenceMode.default('on_schedule'),
    is_active: z.boolean().default(true),
  })
  .superRefine((value, context) => {
    remindersOfSeries(value, context)
    ruleIsSound(value, context)
    if (value.rule === undefined && value.pattern === undefined)
      context.addIssue({
        code: 'custom',
        path: ['rule'],
        message: 'give "rule", an RRULE, or "pattern": daily, weekly, monthly or yearly',
      })
    if (value.start_date === undefined && !/DTSTART/i.test(value.rule ?? ''))
      context.addIssue({ code: 'custom', path: ['start_date'], message: 'is needed unless the rule has DTSTART' })
  })
export type NewRecurring = z.infer<typeof newRecurringInput>

const { due_date: _d, recurrence_rule: _r, recurrence_interval: _i, ...patchable } = taskPatchInput.shape

/** A change of a recurring task: only what is given changes. */
export const recurringPatchInput = z
  .strictObject({
    ...patchable,
    rule: own.rule.optional(),
    pattern: own.pattern.optional(),
    interval: own.interval.optional(),
    start_date: own.start_date.optional(),
  })
  .superRefine(remindersOfSeries)
  .superRefine(ruleIsSound)
export type RecurringPatch = z.infer<typeof recurringPatchInput>
