import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** The hash before the first record. */
export const chainStart = '0'.repeat(64)

/** What is written down of an event, and what its hash covers. */
export interface AuditRecord {
  sequence: number
  event_id: string
  type: string
  source: string
  subject: string
  user_id: string | null
  time: string
  correlation_id: string | null
  causation_id: string | null
  data: unknown
}

/** The record as canonical JSON (RFC 8785): the same text whatever order its keys come in. */
export const recordedText = (record: AuditRecord): string => canonicalize(record) ?? ''

/** The hash of a record: over the hash before it, so that changing, dropping or swapping any record shows. */
export const chainHash = (previous: string, recorded: string): string =>
  createHash('sha256').update(previous).update('\n').update(recorded).digest('hex')
