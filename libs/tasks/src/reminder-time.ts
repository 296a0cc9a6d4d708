import type { Reminder } from '@taskflow/event-contracts'
import type { ReminderInput } from './input.ts'

/** The duration of an ISO 8601 text, or undefined unless it is positive and at most 366 days. */
export const reminderOffset = (text: string): Temporal.Duration | undefined => {
  try {
    const duration = Temporal.Duration.from(text)
    const relativeTo = Temporal.PlainDateTime.from('2024-01-01')
    const days = duration.total({ unit: 'days', relativeTo })
    return days > 0 && days <= 366 ? duration : undefined
  } catch {
    return undefined
  }
}

const fixedOffsets = { '24_hours_before': 'PT24H', '1_hour_before': 'PT1H' } as const

/** The offset that a reminder is stored and shown with; null for an absolute one. */
export const offsetOf = (input: ReminderInput): string | null =>
  input.type === '24_hours_before' || input.type === '1_hour_before' ? fixedOffsets[input.type] : (input.offset ?? null)

/**
 * When a reminder relative to a due date fires; null while there is no due date. Days and longer units are counted on
 * the calendar of the task's time zone ("a day before" keeps the hour across a DST change), shorter ones in real time.
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
