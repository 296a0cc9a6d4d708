import type { Channel, LedgerRow, Recipient } from '@taskflow/database'
import type { DataOf, reminderDue } from '@taskflow/event-contracts'
import type { Taken } from './limits.ts'

/** Something to be sent now: one notification, or all of a digest. */
export interface Delivery {
  channel: Channel
  /** At least one. */
  rows: LedgerRow[]
  recipient: Recipient
  /** The local date of a daily digest. */
  digest: string | null
  message_id: string
  /** What was counted for the limits. */
  taken: Taken[]
}

/** What a reminder says. */
export type ReminderContent = Pick<DataOf<typeof reminderDue>, 'reminder' | 'task' | 'late'>
