import type { Channel, LedgerRow, Recipient } from '@taskflow/database'
import type { DataOf, reminderDue } from '@taskflow/event-contracts'
import type { Taken } from './limits.ts'

/** A notification without its texts. */
export type Entry = Omit<LedgerRow, 'content'>

/** What is sent at once: one notification, a mail for several of one task and moment, or all of a digest. */
export interface Delivery {
  channel: Channel
  /** At least one. */
  rows: LedgerRow[]
  recipient: Recipient
  /** The local date of a daily digest. */
  digest: string | null
  message_id: string
  /** What it counts against the limits. */
  taken: Taken[]
}

/** The content of a reminder. */
export type ReminderContent = Pick<DataOf<typeof reminderDue>, 'reminder' | 'task' | 'late'>

/** Reminders of one task at one moment are one mail. */
export const isSameMoment = (a: Entry, b: Entry): boolean => a.task_id === b.task_id && a.fired_for === b.fired_for
