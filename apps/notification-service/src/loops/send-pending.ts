import { ledger } from '@taskflow/database'
import { type BaseDeps, createLoop, type Loop, type Origin } from '@taskflow/service-kit'
import { eq, min } from 'drizzle-orm'
import {
  type ClaimedRow,
  claimPending,
  recordAttempt,
  recordFailed,
  recordSent,
  recordSuppressed,
} from '../domain/ledger.ts'
import { type Mailer, MailRefused } from '../domain/mailer.ts'
import { type ReminderContent, reminderMail } from '../domain/reminder-mail.ts'

const batch = 50
const lookEvery = 30_000

export type SendDeps = Pick<BaseDeps, 'transaction' | 'db' | 'clock' | 'log'> & { mailer: Mailer; publicUrl: string }

/** Sends the pending mails of the ledger. No transaction is open while a mail server is spoken to. */
export const sendPending = (deps: SendDeps): Loop =>
  createLoop({
    name: 'pending mails',
    maxWait: lookEvery,
    onError: (error) => deps.log.warn('pending mails could not be looked at', { error }),
    step: async () => {
      const rows = await deps.transaction((tx) => claimPending(tx, batch))
      await Promise.all(rows.map((row) => sendOne(deps, row)))
      if (rows.length > 0) return 0
      const [nearest] = await deps.db
        .select({ at: min(ledger.next_attempt_at) })
        .from(ledger)
        .where(eq(ledger.state, 'pending'))
      if (!nearest?.at) return lookEvery
      return Math.max(50, Temporal.Instant.from(nearest.at).epochMilliseconds - deps.clock.now().epochMilliseconds)
    },
  })

const sendOne = async ({ transaction, mailer, publicUrl, log }: SendDeps, row: ClaimedRow): Promise<void> => {
  const origin = row.origin as Origin
  const { recipient } = row
  if (!recipient) return transaction((tx) => recordSuppressed(tx, row, 'the account is gone'))
  try {
    const mail = reminderMail(row.content as ReminderContent, recipient, publicUrl)
    await mailer.send({ ...mail, to: { name: recipient.name, address: recipient.email }, message_id: row.message_id })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const permanent = error instanceof MailRefused && error.permanent
    log.warn('a mail was not taken', { reminder_id: row.reminder_id, attempts: row.attempts, permanent, reason })
    return transaction((tx) => (permanent ? recordFailed(tx, row, reason) : recordAttempt(tx, row, reason)), origin)
  }
  await transaction((tx) => recordSent(tx, row), origin)
}
