import { type Channel, ledger, recipients } from '@taskflow/database'
import type { reminderDue } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { giveUpAfter } from '../domain/record.ts'

/**
 * Adds a fired reminder to the ledger, once per firing and channel; the loops send it. The same firing in another event
 * means that the reminder was moved and moved back: a suppressed notification becomes pending again.
 */
export const onReminderDue =
  ({ sending, publicUrl }: Pick<Deps, 'sending' | 'publicUrl'>): Handler<typeof reminderDue> =>
  async ({ user_id, reminder, task, late }, tx) => {
    // From an earlier system, whose users are unknown here: there is no recipient.
    if (user_id === null) return
    const now = tx.clock.now()
    const [recipient] = await tx.select().from(recipients).where(eq(recipients.user_id, user_id))
    const channels: Channel[] = recipient?.webhook_url ? ['email', 'webhook'] : ['email']
    const host = new URL(publicUrl).hostname
    const row = {
      reminder_id: reminder.id,
      fired_for: reminder.at,
      user_id,
      task_id: task.id,
      state: 'pending' as const,
      content: { reminder, task, late },
      origin: tx.origin,
      // The same for every attempt, so that a mail client shows a duplicate only once.
      message_id: `<${reminder.id}.${Temporal.Instant.from(reminder.at).epochMilliseconds}@${host}>`,
      next_attempt_at: now.toString(),
      give_up_at: now.add(giveUpAfter).toString(),
      created_at: now.toString(),
    }
    await tx
      .insert(ledger)
      .values(channels.map((channel) => ({ ...row, channel })))
      .onConflictDoUpdate({
        target: [ledger.reminder_id, ledger.fired_for, ledger.channel],
        set: { ...row, digest: null, reason: null },
        setWhere: eq(ledger.state, 'suppressed'),
      })
    tx.afterCommit.push(sending.wake)
  }
