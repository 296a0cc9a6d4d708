import { type ReminderRow, reminders } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, eq, inArray, isNull, lte, or } from 'drizzle-orm'

/**
 * Records how far a reminder has come: due, then failed, then sent. States only go forward, so a late or repeated event
 * changes nothing, and the first channel that delivers makes the reminder sent, whatever happens to the others. One
 * cancelled while its mail was on the way was still sent. A reminder that no longer exists is no error, and one snoozed
 * past `happened_at` waits for its next firing.
 */
export const setReminderState = async (
  tx: Tx,
  id: string,
  state: 'due' | 'sent' | 'failed',
  happened_at: string,
): Promise<void> => {
  await tx
    .update(reminders)
    .set({ state })
    .where(
      and(
        eq(reminders.id, id),
        inArray(reminders.state, statesBefore[state]),
        or(isNull(reminders.at), lte(reminders.at, happened_at)),
      ),
    )
}

const statesBefore = {
  due: ['pending'],
  failed: ['pending', 'due', 'cancelled'],
  sent: ['pending', 'due', 'cancelled', 'failed'],
} satisfies Record<string, ReminderRow['state'][]>
