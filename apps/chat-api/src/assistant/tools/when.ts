import { reminderType } from '@taskflow/event-contracts'
import { invalid } from '@taskflow/service-kit'
import { durationInput } from '@taskflow/tasks'
import { z } from 'zod'

const mend = 'must be like 2026-02-28T09:00+01:00, or local like 2026-02-28T09:00 or 2026-02-28'

/** A time as models say it: with an offset, or on the clock of the person. */
export const when = z
  .string()
  .max(40)
  .refine((value) => instantIn(value, 'UTC') !== undefined, mend)
  .meta({
    description:
      "ISO 8601 with an offset, or without one as local time in the task's time zone; a date alone means 09:00 there",
  })

/** A reminder, as models ask for it. */
export const reminderWish = z.strictObject({
  type: reminderType,
  offset: durationInput.optional().meta({ description: 'ISO 8601 duration such as PT30M, for "before" and "after"' }),
  at: when.optional().meta({ description: 'for "at"' }),
})
export type ReminderWish = z.infer<typeof reminderWish>

/** The instant that a `when` names in a time zone: what a clock change leaves out is moved forward, of two the earlier counts. */
export const toInstant = (value: string, time_zone: string, path: string): string => {
  const instant = instantIn(value, time_zone)
  if (instant === undefined) throw invalid(path, mend)
  return instant
}

const instantIn = (value: string, time_zone: string): string | undefined => {
  try {
    if (/[zZ]$|[+-]\d\d(:?\d\d)?$/.test(value.slice(10))) return Temporal.Instant.from(value).toString()
    const local = Temporal.PlainDateTime.from(value.length === 10 ? `${value}T09:00` : value)
    return local.toZonedDateTime(time_zone).toInstant().toString()
  } catch {
    return undefined
  }
}

/** Reminders as the task domain takes them. */
export const toReminders = (wishes: ReminderWish[], time_zone: string) =>
  wishes.map(({ at, ...wish }, index) => ({
    ...wish,
    ...(at === undefined ? {} : { at: toInstant(at, time_zone, `reminders.${index}.at`) }),
  }))
