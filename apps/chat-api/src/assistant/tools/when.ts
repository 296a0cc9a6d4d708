import { isDay, reminderType } from '@taskflow/event-contracts'
import { invalid } from '@taskflow/service-kit'
import { durationInput } from '@taskflow/tasks'
import { z } from 'zod'
import { instantIn } from '../../tasks/local-time.ts'

const expected = 'must be like 2026-02-28T09:00+01:00, or local like 2026-02-28T09:00 or 2026-02-28'

/** A time as models write it: with an offset, or on the user's clock. */
export const when = z
  .string()
  .max(40)
  .refine((value) => parseWhen(value, 'UTC') !== undefined, expected)
  .meta({
    description:
      "ISO 8601 with an offset, or without one as local time in the task's time zone; a date alone means that day, without a time",
  })

/** A reminder as models write it. */
export const modelReminder = z.strictObject({
  type: reminderType,
  offset: durationInput
    .or(z.literal('PT0S'))
    .optional()
    .meta({ description: 'ISO 8601 duration such as PT30M, for "before" and "after"; PT0S: when it is due' }),
  at: when.optional().meta({ description: 'for "at"' }),
})
export type ModelReminder = z.infer<typeof modelReminder>

/** The instant of a `when` in a time zone; of a day alone, `timeOfDay` on it. Problem 422 at `path`. */
export const toInstant = (value: string, time_zone: string, path: string, timeOfDay = '00:00'): string => {
  const instant = parseWhen(isDay(value.trim()) ? `${value.trim()}T${timeOfDay}` : value, time_zone)
  if (instant === undefined) throw invalid(path, expected)
  return instant
}

const parseWhen = (value: string, time_zone: string): string | undefined => {
  try {
    return Temporal.Instant.from(instantIn(value, time_zone)).toString()
  } catch {
    return undefined
  }
}

/**
 * What a `when` makes of a due date: a date alone is a day, but keeps the time of day of a task that has one. Problem
 * 422 at `path`.
 */
export const toDue = (
  value: string | null,
  time_zone: string,
  before?: { due_date: string | null },
): { due_date: string | null } | { due_on: string } => {
  if (value === null) return { due_date: null }
  if (!isDay(value.trim())) return { due_date: toInstant(value, time_zone, 'due_date') }
  if (before?.due_date == null) return { due_on: value.trim() }
  const plainTime = Temporal.Instant.from(before.due_date).toZonedDateTimeISO(time_zone).toPlainTime()
  const due = Temporal.PlainDate.from(value.trim()).toZonedDateTime({ timeZone: time_zone, plainTime })
  return { due_date: due.toInstant().toString() }
}

/** Reminders as the operations on tasks take them; of a day alone, at the reminder time. */
export const toReminders = (
  reminders: ModelReminder[],
  { time_zone, reminder_time }: { time_zone: string; reminder_time: string | undefined },
) =>
  reminders.map(({ at, ...rest }, index) => ({
    ...rest,
    ...(at === undefined ? {} : { at: toInstant(at, time_zone, `reminders.${index}.at`, reminder_time) }),
  }))
