import { reminderType } from '@taskflow/event-contracts'
import { checkRule, isTimeZone, RecurrenceError } from '@taskflow/recurrence'
import { z } from 'zod'

/** Text that Postgres can store: no NUL, no lone surrogate. */
export const text = (min: number, max: number) =>
  z
    .string()
    .trim()
    .min(min, min === 1 ? 'must not be empty' : undefined)
    .max(max, `must be at most ${max} characters`)
    .refine((value) => !value.includes('\0') && value.isWellFormed(), 'must be valid Unicode text without NUL')

/** The name of a tag or category, in one form (NFC): those that look the same are one. */
export const label = (max: number) => text(1, max).normalize('NFC')

/** An instant: ISO 8601 with Z or an offset. Without either it would be ambiguous and is refused. */
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

/** A day, without a time: YYYY-MM-DD. */
export const dayInput = z.iso
  .date('must be a day, like 2026-02-28')
  .refine((value) => value >= '1900-01-01' && value < '9000-01-01', 'must be between 1900 and 8999')

export const timeZoneInput = z.string().max(64).refine(isTimeZone, 'must be an IANA time zone, like Europe/Berlin')

/** A span of time: a positive ISO 8601 duration of at most 366 days. */
export const durationInput = z
  .string()
  .max(40)
  .refine(isDuration, 'must be a positive ISO 8601 duration of at most 366 days, like PT30M')
function isDuration(value: string): boolean {
  try {
    const days = Temporal.Duration.from(value).total({ unit: 'days', relativeTo: '2024-01-01' })
    return days > 0 && days <= 366
  } catch {
    return false
  }
}

/** How far a reminder is from the due date; zero for one at that time, which every task of a series gets. */
const reminderOffset = z
  .string()
  .max(40)
  .refine(
    (value) => value === 'PT0S' || isDuration(value),
    'must be an ISO 8601 duration of at most 366 days, like PT30M',
  )

/** A reminder as people send it. */
export const reminderInput = z
  .strictObject({ type: reminderType, offset: reminderOffset.optional(), at: instantInput.optional() })
  .superRefine((value, context) => {
    const needsOffset = value.type === 'before' || value.type === 'after'
    const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (needsOffset && value.offset === undefined) problem('offset', `is needed for type "${value.type}", like PT30M`)
    if (!needsOffset && value.offset !== undefined) problem('offset', `does not belong to type "${value.type}"`)
    if (value.type === 'at' && value.at === undefined) problem('at', 'is needed for type "at"')
    if (value.type !== 'at' && value.at !== undefined) problem('at', `does not belong to type "${value.type}"`)
  })
export type ReminderInput = z.infer<typeof reminderInput>

/** Reports an invalid recurrence rule at the field `path`, with the part of the rule that is wrong. */
export const refuseInvalidRule = (
  path: string,
  rule: string | null | undefined,
  interval: number | undefined,
  context: z.RefinementCtx,
): void => {
  if (rule === undefined || rule === null) return
  try {
    checkRule(rule, interval ?? 1)
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error
    context.addIssue({ code: 'custom', path: [path], message: `${error.part}: ${error.message}` })
  }
}
