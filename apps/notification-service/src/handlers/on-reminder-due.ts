import { ledger } from '@taskflow/database'
import type { reminderDue } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import type { Deps } from '../deps.ts'

/** A fired reminder goes into the ledger, once per firing and channel; sending it is the loop's work. */
export const onReminderDue =
  ({ sending, publicUrl }: Deps): Handler<typeof reminderDue> =>
  async ({ user_id, reminder, task, late }, tx) => {
    const now = tx.clock.now().toString()
    await tx
      .insert(ledger)
      .values({
        reminder_id: reminder.id,
        fired_for: reminder.at,
        channel: 'email',
        user_id: user_id!,
        task_id: task.id,
        state: 'pending',
        content: { reminder, task, late },
        origin: tx.origin,
        // The same for every attempt, so that a mail client shows a mail that was sent twice once.
        message_id: `<${reminder.id}.${Temporal.Instant.from(reminder.at).epochMilliseconds}@${new URL(publicUrl).hostname}>`,
        next_attempt_at: now,
        created_at: now,
      })
      .onConflictDoNothing()
    tx.afterCommit.push(sending.wake)
  }
