import type { ReceivedEvent } from '@taskflow/service-kit'
import { type AuditRecord, chainHash, recordedText } from './chain.ts'
import { fingerprintOf, isFingerprint, isFromOutside } from './correlation.ts'
import { fieldsOf, joinPersonal, splitPersonal } from './personal-fields.ts'
import { seal, unseal } from './seal.ts'
import { noUser } from './user-keys.ts'

/** A record as it is stored: its text, its hash, and columns for queries. */
export interface StoredRecord {
  sequence: number
  event_id: string
  type: string
  time: string
  user_id: string | null
  task_id: string | null
  correlation_id: string | null
  causation_id: string | null
  recorded: string
  hash: string
}

/** Stored among the personal fields of the data; no field has these names. */
const addressKey = '@client_address'
const correlationKey = '@correlation_id'

/** Longer ids do not fit into an index; the whole id is in `recorded`. */
export const indexedId = (id: string | null): string | null => id?.slice(0, 200) ?? null

/** Creates the record of an event, after the record with the hash `previous`. */
export const recordEvent = (
  { event, delivery }: ReceivedEvent,
  { sequence, previous, now, key }: { sequence: number; previous: string; now: string; key: Buffer },
): StoredRecord => {
  const { plain, personal } = splitPersonal(event.data, fieldsOf(event.type))
  const { user_id } = event.data
  const given = event.correlationid ?? null
  const isPersonal = given !== null && isFromOutside(given)
  const alsoHidden = {
    ...(event.clientaddress ? { [addressKey]: event.clientaddress } : {}),
    // Without a user, no deletion would ever erase it.
    ...(isPersonal && user_id ? { [correlationKey]: given } : {}),
  }
  const hidden = Object.keys(alsoHidden).length > 0 ? { ...personal, ...alsoHidden } : personal
  const record: AuditRecord = {
    sequence,
    recorded_at: now,
    event_id: event.id,
    type: event.type,
    source: event.source,
    subject: event.subject ?? '',
    user_id,
    time: Temporal.Instant.from(event.time ?? timeOf(delivery.headers))
      .round('millisecond')
      .toString(),
    traceparent: event.traceparent ?? null,
    correlation_id: isPersonal ? (user_id ? fingerprintOf(given, key) : null) : given,
    causation_id: event.causationid ?? null,
    data: plain,
    personal: hidden ? seal(key, event.id, Buffer.from(JSON.stringify(hidden))).toString('base64') : null,
  }
  const recorded = recordedText(record)
  return {
    sequence,
    event_id: record.event_id,
    type: record.type,
    time: record.time,
    user_id: record.user_id,
    task_id: taskIdOf(plain),
    correlation_id: indexedId(record.correlation_id),
    causation_id: indexedId(record.causation_id),
    recorded,
    hash: chainHash(previous, recorded),
  }
}

/** When Kafka took the message, for events without a time of their own. */
const timeOf = (headers: Record<string, string>): string =>
  Temporal.Instant.fromEpochMilliseconds(Number(headers.__timestamp) || 0).toString()

export const taskIdOf = (data: { task?: { id?: string }; task_id?: string }): string | null =>
  data.task?.id ?? data.task_id ?? null

/**
 * A decrypted record. `client_address`: the network address of the person who caused it. `erased`: it had personal
 * fields whose key was destroyed with the account.
 */
export type ReadableRecord = Omit<AuditRecord, 'personal'> & {
  client_address: string | null
  hash: string
  erased: boolean
}

/** The user whose key a record needs; undefined when nothing in it is encrypted. */
export const keyOwnerOf = ({ personal, user_id }: AuditRecord): string | undefined =>
  personal ? (user_id ?? noUser) : undefined

/** Decrypts a record; without a key it is `erased`. */
export const readRecord = (
  { personal, ...record }: AuditRecord,
  hash: string,
  key: Buffer | undefined,
): ReadableRecord => {
  if (!personal) return { ...record, client_address: null, hash, erased: false }
  const { correlation_id } = record
  const known = isFingerprint(correlation_id) ? null : correlation_id
  if (!key) return { ...record, correlation_id: known, client_address: null, hash, erased: true }
  const opened = JSON.parse(unseal(key, record.event_id, Buffer.from(personal, 'base64')).toString())
  const { [addressKey]: client_address = null, [correlationKey]: given = known, ...clear } = opened
  const data = joinPersonal(record.data as { [key: string]: unknown }, clear)
  return { ...record, correlation_id: given, client_address, data, hash, erased: false }
}
