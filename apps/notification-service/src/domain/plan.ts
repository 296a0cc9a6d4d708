import type { LedgerRow, Recipient } from '@taskflow/database'
import { preferencesOf } from '@taskflow/event-contracts'
import { nextDigest, quietUntil } from './local-time.ts'

/** What to do with a notification now. */
export type Plan =
  | { what: 'send' }
  /** Not before `until`; with `digest`, as part of the digest of that local date. */
  | { what: 'wait'; until: Temporal.Instant; digest: string | null }
  | { what: 'suppress'; reason: string }
  /** Until the address is confirmed. */
  | { what: 'hold'; reason: string }

/** The state of a reminder at its owner, chat-api; undefined when it or its task was removed. */
export interface ReminderState {
  at: string | null
  state: string
  is_over: boolean
  is_completed: boolean
}

/** Decides by the current preferences: those at the time of sending count, not those when the reminder fired. */
export const planDelivery = (
  row: Pick<LedgerRow, 'channel' | 'digest' | 'fired_for'>,
  recipient: Recipient | undefined,
  reminder: ReminderState | undefined,
  now: Temporal.Instant,
): Plan => {
  if (!recipient) return { what: 'suppress', reason: 'the account is gone or suspended' }
  const { channels, quiet_hours, daily_digest } = preferencesOf(recipient.preferences)
  if (!channels[row.channel]) return { what: 'suppress', reason: `the channel ${row.channel} is off` }
  if (row.channel === 'webhook' && recipient.webhook_url === null) {
    return { what: 'suppress', reason: 'no webhook is registered' }
  }
  if (row.channel === 'webhook' && !recipient.is_webhook_verified) {
    return { what: 'suppress', reason: 'the webhook is not verified' }
  }
  const reason = whyNotWanted(reminder, row.fired_for)
  if (reason) return { what: 'suppress', reason }
  if (row.channel === 'email') {
    if (recipient.is_suppressed) return { what: 'suppress', reason: 'this address was unsubscribed' }
    if (!recipient.is_confirmed) return { what: 'hold', reason: 'the e-mail address is not confirmed' }
  }
  if (row.channel === 'email' && daily_digest !== null && row.digest === null) {
    const { date, at } = nextDigest(daily_digest, recipient.time_zone, now)
    if (Temporal.Instant.compare(at, now) > 0) return { what: 'wait', until: at, digest: date }
  }
  const until = quietUntil(quiet_hours, recipient.time_zone, now)
  if (until) return { what: 'wait', until, digest: daily_digest === null ? null : row.digest }
  return { what: 'send' }
}

/** Why this firing is no longer wanted; undefined when it is. A reminder that was moved fires again. */
const whyNotWanted = (reminder: ReminderState | undefined, fired_for: string): string | undefined => {
  if (!reminder) return 'the reminder was removed'
  const { at, state, is_over, is_completed } = reminder
  if (is_over) return is_completed ? 'the task was completed' : 'the task was deleted'
  if (state === 'dismissed') return 'the reminder was dismissed'
  if (at === null || !Temporal.Instant.from(at).equals(fired_for)) return 'the reminder was moved to another time'
  return undefined
}
