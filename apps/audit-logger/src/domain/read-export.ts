import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import { type AuditRecord, recordedText } from './chain.ts'
import { indexedId, taskIdOf } from './record.ts'
import type { ChainLink } from './verify-chain.ts'

/** A file that is not an export and cannot be verified. */
export class UnreadableExport extends Error {
  override name = 'UnreadableExport'
}

/**
 * The records of an NDJSON export, one per line: the record as it was hashed, with its hash. The order of keys does not
 * matter. A line that is not a record counts as the expected record, changed.
 */
export const readExport = async function* (file: string): AsyncGenerator<ChainLink> {
  let sequence = 0
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === '') continue
    const link = parseLine(line)
    if (!link && sequence === 0) throw new UnreadableExport(`${file} does not begin with a record of a sealed export`)
    sequence = link?.sequence ?? sequence + 1
    yield link ?? { sequence, recorded: '', hash: '' }
  }
}

const parseLine = (line: string): ChainLink | undefined => {
  try {
    const { hash, ...record } = JSON.parse(line) as AuditRecord & { hash: string }
    if (typeof hash !== 'string' || !Number.isSafeInteger(record.sequence)) return undefined
    return { sequence: record.sequence, recorded: recordedText(record), hash }
  } catch {
    return undefined
  }
}

interface Row {
  sequence: string
  recorded: string
  hash: string
  columns: Record<string, string | null>
}

const selectRows = `SELECT sequence, recorded, hash,
    jsonb_build_object('event_id', event_id, 'type', type, 'user_id', user_id, 'task_id', task_id,
                       'correlation_id', correlation_id, 'causation_id', causation_id, 'time', time) AS columns
  FROM audit.events`

/** The client must be in a transaction. */
const rowsOf = async function* (client: pg.Client): AsyncGenerator<Row> {
  await client.query(`DECLARE records NO SCROLL CURSOR FOR ${selectRows} ORDER BY sequence, recorded_at`)
  while (true) {
    const { rows } = await client.query<Row>('FETCH 2000 FROM records')
    yield* rows
    if (rows.length === 0) break
  }
  await client.query('CLOSE records')
}

/** The records in a database. A record counts as changed when its columns, which queries use, disagree with it. */
export const readDatabase = async function* (client: pg.Client): AsyncGenerator<ChainLink> {
  for await (const row of rowsOf(client)) yield linkOf(row)
}

/** The same, for the records after `after` up to and including `to`. */
export const readRange = async function* (
  client: pg.ClientBase,
  { after, to }: { after: number; to: number },
): AsyncGenerator<ChainLink> {
  const { rows } = await client.query<Row>(
    `${selectRows} WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence, recorded_at`,
    [after, to],
  )
  for (const row of rows) yield linkOf(row)
}

const linkOf = ({ sequence, recorded, hash, columns }: Row): ChainLink => {
  try {
    const record = JSON.parse(recorded) as AuditRecord
    return { sequence: record.sequence, recorded: agrees(record, columns) ? recorded : '', hash }
  } catch {
    return { sequence: Number(sequence), recorded: '', hash }
  }
}

const agrees = (record: AuditRecord, { time, ...columns }: Row['columns']): boolean =>
  isDeepStrictEqual(columns, {
    event_id: record.event_id,
    type: record.type,
    user_id: record.user_id,
    task_id: taskIdOf(record.data as object),
    correlation_id: indexedId(record.correlation_id),
    causation_id: indexedId(record.causation_id),
  }) && Temporal.Instant.compare(record.time, time ?? '') === 0

/** The records in a database as the lines of an export. */
export const exportLines = async function* (client: pg.Client): AsyncGenerator<string> {
  for await (const { recorded, hash } of rowsOf(client)) yield `${recorded.slice(0, -1)},"hash":"${hash}"}\n`
}
