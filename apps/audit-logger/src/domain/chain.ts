import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** The hash before the first record. */
export const chainStart = '0'.repeat(64)

/** What is written down of an event, and what its hash covers. */
export interface AuditRecord {
  sequence: number
  recorded_at: string
  event_id: string
  type: string
  /** Which service made the event. */
  source: string
  subject: string
  user_id: string | null
  time: string
  traceparent: string | null
  correlation_id: string | null
  causation_id: string | null
  /** The event's data without what is personal. */
  data: unknown
  /** What is personal in the data, encrypted under the user's key. */
  personal: string | null
}

/** A record as canonical JSON (RFC 8785): the same text whatever order its keys come in. */
export const recordedText = (record: object): string => canonicalize(record) ?? ''

/** The hash of a record: over the hash before it, so that changing, dropping or swapping any record shows. */
export const chainHash = (previous: string, recorded: string): string =>
  hash('sha256', `${previous}\n${recorded}`, 'hex')
