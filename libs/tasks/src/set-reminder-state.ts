import { type ReminderRow, reminders } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, eq, inArray, isNull, lte, or } from 'drizzle-orm'

/**
 * Notes how far a reminder has come: due, then failed, then sent. States only go forward, so a late or repeated event
 * changes nothing, and of several channels the first that takes it makes it sent, whatever became of the others; one that
 * was cancelled while its mail was on the way was sent all the same. A reminder that is gone is no error, and one that was
 * put off to after `happened_at` waits for another firing than this one.
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
        inArray(reminders.state, earlier[state]),
        or(isNull(reminders.at), lte(reminders.at, happened_at)),
      ),
    )
}

const earlier = {
  due: ['pending'],
  failed: ['pending', 'due', 'cancelled'],
  sent: ['pending', 'due', 'cancelled', 'failed'],
} satisfies Record<string, ReminderRow['state'][]>
