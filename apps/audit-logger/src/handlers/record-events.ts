import { inBatches, type ReceivedEvent, type Tx } from '@taskflow/service-kit'
import { type AuditRecord, chainHash, recordedText } from '../domain/chain.ts'

/** Appends events to the hash chain, in the order in which they came; the locked head keeps the sequence gap-free. */
export const recordEvents = inBatches(async (events, tx) => {
  const head = await tx.$client.query<{ sequence: string; hash: string }>(
    'SELECT sequence, hash FROM audit.chain_head FOR UPDATE',
  )
  let { hash } = head.rows[0]!
  let sequence = Number(head.rows[0]!.sequence)
  const rows = events.map((received) => {
    sequence += 1
    const record = recordOf(received, sequence)
    const recorded = recordedText(record)
    hash = chainHash(hash, recorded)
    return { ...record, task_id: taskIdOf(record), recorded, hash }
  })
  await insertRows(tx, rows)
  await tx.$client.query('UPDATE audit.chain_head SET sequence = $1, hash = $2', [sequence, hash])
})

const recordOf = ({ event, delivery }: ReceivedEvent, sequence: number): AuditRecord => ({
  sequence,
  event_id: event.id,
  type: event.type,
  source: event.source,
  subject: event.subject ?? '',
  user_id: event.data.user_id,
  time: Temporal.Instant.from(event.time ?? timeOf(delivery.headers))
    .round('millisecond')
    .toString(),
  correlation_id: event.correlationid ?? null,
  causation_id: event.causationid ?? null,
  data: event.data,
})

/** When Kafka took the message, for events without a time of their own. */
const timeOf = (headers: Record<string, string>): string =>
  Temporal.Instant.fromEpochMilliseconds(Number(headers.__timestamp) || 0).toString()

const taskIdOf = ({ data }: AuditRecord): string | null => {
  const { task, task_id } = data as { task?: { id: string }; task_id?: string }
  return task?.id ?? task_id ?? null
}

const insertRows = async (
  tx: Tx,
  rows: (AuditRecord & { task_id: string | null; recorded: string; hash: string })[],
) => {
  const column = <Name extends keyof (typeof rows)[number]>(name: Name) => rows.map((row) => row[name])
  await tx.$client.query(
    `INSERT INTO audit.events
       (sequence, event_id, type, source, subject, task_id, user_id, time, correlation_id, causation_id, data, recorded, hash)
     SELECT sequence, event_id, type, source, subject, task_id, user_id, time, correlation_id, causation_id,
            recorded::jsonb -> 'data', recorded, hash
     FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::uuid[],
                 $8::timestamptz[], $9::text[], $10::text[], $11::text[], $12::text[])
       AS record (sequence, event_id, type, source, subject, task_id, user_id, time, correlation_id, causation_id, recorded, hash)`,
    [
      column('sequence'),
      column('event_id'),
      column('type'),
      column('source'),
      column('subject'),
      column('task_id'),
      column('user_id'),
      column('time'),
      column('correlation_id'),
      column('causation_id'),
      column('recorded'),
      column('hash'),
    ],
  )
}
