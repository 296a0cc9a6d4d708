import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** The hash before the first record. */
export const chainStart = '0'.repeat(64)

/** The record of an event: what its hash covers. */
export interface AuditRecord {
  sequence: number
  recorded_at: string
  event_id: string
  type: string
  /** The service that published the event. */
  source: string
  subject: string
  user_id: string | null
  time: string
  traceparent: string | null
  /** One from outside is encrypted in `personal`; its fingerprint under the user's key stands here. */
  correlation_id: string | null
  causation_id: string | null
  /** The event's data without the personal fields. */
  data: unknown
  /** The personal fields of the data, encrypted under the user's key. */
  personal: string | null
}

/** A record as canonical JSON (RFC 8785): the same text for any order of its keys. */
export const recordedText = (record: object): string => canonicalize(record) ?? ''

/** The hash of a record covers the hash before it, which reveals changed, missing and swapped records. */
export const chainHash = (previous: string, recorded: string): string =>
  hash('sha256', `${previous}\n${recorded}`, 'hex')
