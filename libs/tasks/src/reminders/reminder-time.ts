import type { Reminder } from '@taskflow/event-contracts'
import type { ReminderInput } from '../input/fields.ts'
import { type Due, remindFrom } from '../task/due.ts'

const fixedOffsets = { '24_hours_before': 'PT24H', '1_hour_before': 'PT1H' } as const

/** The offset that a reminder is stored and shown with; null for one at a fixed instant. */
export const offsetOf = (input: ReminderInput): string | null =>
  input.type === '24_hours_before' || input.type === '1_hour_before' ? fixedOffsets[input.type] : (input.offset ?? null)

/**
 * When a reminder fires; null while it is relative and the task is not due. Of a task that is due on a day it is counted
 * from the reminder time on that day. Days and longer units are counted on the
 * calendar of the task's time zone ("a day before" keeps the hour across a DST change), shorter ones in real time.
 */
export const reminderTime = (reminder: Pick<Reminder, 'type' | 'offset' | 'at'>, due: Due): string | null => {
  if (reminder.type === 'at') return reminder.at
  const from = remindFrom(due)
  if (from === null || reminder.offset === null) return null
  const zoned = Temporal.Instant.from(from).toZonedDateTimeISO(due.time_zone)
  const offset = Temporal.Duration.from(reminder.offset)
  return (reminder.type === 'after' ? zoned.add(offset) : zoned.subtract(offset))
    .toInstant()
    .round('millisecond')
    .toString()
}
