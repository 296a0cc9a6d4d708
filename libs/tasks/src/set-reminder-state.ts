import { reminders } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, eq, inArray, isNull, lte, or } from 'drizzle-orm'

/**
 * Notes how far a reminder has come: due, then sent or failed. States only go forward, so a late or repeated event
 * changes nothing; one that was cancelled while its mail was on the way was sent all the same. A reminder that is gone
 * is no error, and one that was put off to after `happened_at` waits for another firing than this one.
 */
export const setReminderState = async (
  tx: Tx,
  id: string,
  state: 'due' | 'sent' | 'failed',
  happened_at: string,
): Promise<void> => {
  const earlier = state === 'due' ? (['pending'] as const) : (['pending', 'due', 'cancelled'] as const)
  await tx
    .update(reminders)
    .set({ state })
    .where(
      and(
        eq(reminders.id, id),
        inArray(reminders.state, [...earlier]),
        or(isNull(reminders.at), lte(reminders.at, happened_at)),
      ),
    )
}
