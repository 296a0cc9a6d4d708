import { isReadInPart } from '@taskflow/event-contracts'
import { inBatches, type Tx } from '@taskflow/service-kit'
import type { Deps } from '../deps.ts'
import { recordEvent, type StoredRecord } from '../domain/record.ts'
import { noUser } from '../domain/user-keys.ts'

/**
 * Appends events to the hash chain in the order of their delivery; the locked head keeps the sequence gap-free.
 * user.deleted destroys the user's key, after the batch: its other events of that user become unreadable too. An event
 * of a newer minor version waits for the replica that knows all its fields: a record lacks none, and shows no personal
 * one.
 */
export const recordEvents = ({ userKeys, checkpoints }: Pick<Deps, 'userKeys' | 'checkpoints'>) =>
  inBatches(async (events, tx) => {
    const newer = events.find(({ event }) => isReadInPart(event))
    if (newer) throw new Error(`${newer.event.dataschema} has fields that are not known here`)
    const now = tx.clock.now().round('millisecond').toString()
    const head = await tx.$client.query<{ sequence: string; hash: string }>(
      'SELECT sequence, hash FROM audit.chain_head FOR UPDATE',
    )
    let { hash } = head.rows[0]!
    let sequence = Number(head.rows[0]!.sequence)
    const ownerOf = ({ event }: (typeof events)[number]) => event.data.user_id ?? noUser
    const keys = await userKeys.take(tx.$client, [...new Set(events.map(ownerOf))])
    const records = events.map((received) => {
      sequence += 1
      const record = recordEvent(received, { sequence, previous: hash, now, key: keys.get(ownerOf(received))! })
      hash = record.hash
      return record
    })
    await insertRecords(tx, now, records)
    await tx.$client.query('UPDATE audit.chain_head SET sequence = $1, hash = $2', [sequence, hash])
    const gone = events.flatMap(({ event }) => (event.type === 'user.deleted' ? (event.data.user_id ?? []) : []))
    if (gone.length > 0) await userKeys.destroy(tx.$client, [...new Set(gone)], now)
    tx.afterCommit.push(() => checkpoints.recorded(sequence))
  })

/** The texts are one value, one per line (JSON has no raw line breaks): in an array their quotes would be escaped. */
const insertRecords = async (tx: Tx, now: string, records: StoredRecord[]) => {
  const column = <Name extends keyof StoredRecord>(name: Name) => records.map((record) => record[name])
  await tx.$client.query({
    name: 'append to the audit log',
    text: `INSERT INTO audit.events
       (recorded_at, sequence, event_id, type, time, user_id, task_id, correlation_id, causation_id, hash, recorded)
     SELECT $1, record.*
     FROM ROWS FROM (
       unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::text[]),
       string_to_table($11, E'\\n')
     ) AS record`,
    values: [
      now,
      column('sequence'),
      column('event_id'),
      column('type'),
      column('time'),
      column('user_id'),
      column('task_id'),
      column('correlation_id'),
      column('causation_id'),
      column('hash'),
      column('recorded').join('\n'),
    ],
  })
}
