import type { Reminder } from '@taskflow/event-contracts'
import { Problem } from '@taskflow/service-kit'
import { v7 as uuidv7 } from 'uuid'
import type { ReminderInput } from '../input/fields.ts'
import type { Due } from '../task/due.ts'
import { offsetOf, reminderTime } from './reminder-time.ts'

/** A requested reminder with the time it fires. */
export const newReminder = (input: ReminderInput, due: Due): Reminder => {
  const reminder = { type: input.type, offset: offsetOf(input), at: input.at ?? null }
  return { id: uuidv7(), ...reminder, at: reminderTime(reminder, due), state: 'pending' }
}

/** The reverse: the input that asks for a reminder like this one. */
export const toReminderInput = ({ type, offset, at }: Reminder): ReminderInput => ({
  type,
  ...((type === 'before' || type === 'after') && offset !== null ? { offset } : {}),
  ...(type === 'at' && at !== null ? { at } : {}),
})

/**
 * Replaces a list of reminders. One that is there already keeps its id and state, so that sending the same list again
 * does not remind a second time.
 */
export const mergeReminders = (present: Reminder[], inputs: ReminderInput[], due: Due): Reminder[] => {
  const left = [...present]
  return inputs.map((input) => {
    const fresh = newReminder(input, due)
    const index = left.findIndex(
      (each) =>
        each.type === fresh.type && each.offset === fresh.offset && (each.type !== 'at' || each.at === fresh.at),
    )
    return index < 0 ? fresh : left.splice(index, 1)[0]!
  })
}

/**
 * Moves relative reminders with the due date. One that gets another time is pending again, unless it was dismissed.
 * While the due date stays, a snoozed reminder stays too.
 */
export const moveReminders = (present: Reminder[], before: Due, after: Due): Reminder[] =>
  present.map((reminder) => {
    const at = reminderTime(reminder, after)
    const stays = at === reminderTime(reminder, before)
    if (stays || at === reminder.at) return reminder
    return { ...reminder, at, state: reminder.state === 'dismissed' ? 'dismissed' : 'pending' }
  })

/** Cancels the pending reminders: their task is completed. */
export const cancelPending = (present: Reminder[]): Reminder[] =>
  present.map((each) => (each.state === 'pending' ? { ...each, state: 'cancelled' } : each))

/** Cancels the pending reminders whose time has passed. */
export const cancelPassed = (present: Reminder[], now: string): Reminder[] =>
  present.map((each) => (each.state === 'pending' && hasPassed(each, now) ? { ...each, state: 'cancelled' } : each))

/** The reverse of `cancelPending`, for the reminders whose time is still to come. */
export const resumeCancelled = (present: Reminder[], now: string): Reminder[] =>
  present.map((each) => (each.state === 'cancelled' && !hasPassed(each, now) ? { ...each, state: 'pending' } : each))

const hasPassed = ({ at }: Reminder, now: string): boolean => at !== null && Temporal.Instant.compare(at, now) <= 0

/** One of a task's reminders. Problem 404. */
export const findReminder = (present: Reminder[], id: string): Reminder => {
  const found = present.find((each) => each.id === id)
  if (!found) throw new Problem('not-found', 'there is no such reminder')
  return found
}

/** The list with the reminder of the same id replaced. */
export const replaceReminder = (present: Reminder[], reminder: Reminder): Reminder[] =>
  present.map((each) => (each.id === reminder.id ? reminder : each))
