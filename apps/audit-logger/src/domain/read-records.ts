import type { Deps } from '../deps.ts'
import type { AuditRecord } from './chain.ts'
import { keyOwnerOf, type ReadableRecord, readRecord } from './record.ts'

/** Reads stored records, decrypted where the key exists. */
export const readRecords = async (
  { userKeys, pool }: Pick<Deps, 'userKeys' | 'pool'>,
  rows: { recorded: string; hash: string }[],
): Promise<ReadableRecord[]> => {
  const records = rows.map(({ recorded }) => JSON.parse(recorded) as AuditRecord)
  const owners = new Set(records.flatMap((record) => keyOwnerOf(record) ?? []))
  const keys = await userKeys.find(pool, [...owners])
  return records.map((record, index) => readRecord(record, rows[index]!.hash, keys.get(keyOwnerOf(record) ?? '')))
}
