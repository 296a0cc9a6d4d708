import type { Reminder } from '@taskflow/event-contracts'
import type { ReminderInput } from '../input/fields.ts'

const fixedOffsets = { '24_hours_before': 'PT24H', '1_hour_before': 'PT1H' } as const

/** The offset that a reminder is stored and shown with; null for one at a fixed instant. */
export const offsetOf = (input: ReminderInput): string | null =>
  input.type === '24_hours_before' || input.type === '1_hour_before' ? fixedOffsets[input.type] : (input.offset ?? null)

/**
 * When a reminder fires; null while it is relative and there is no due date. Days and longer units are counted on the
 * calendar of the task's time zone ("a day before" keeps the hour across a DST change), shorter ones in real time.
 */
export const reminderTime = (
  reminder: Pick<Reminder, 'type' | 'offset' | 'at'>,
  due_date: string | null,
  time_zone: string,
): string | null => {
  if (reminder.type === 'at') return reminder.at
  if (due_date === null || reminder.offset === null) return null
  const due = Temporal.Instant.from(due_date).toZonedDateTimeISO(time_zone)
  const offset = Temporal.Duration.from(reminder.offset)
  return (reminder.type === 'after' ? due.add(offset) : due.subtract(offset))
    .toInstant()
    .round('millisecond')
    .toString()
}
