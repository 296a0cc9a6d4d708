import type { Tx } from './transaction.ts'

/*
 * Locks of Postgres that belong to no row: `name` says what for (no colon), `key` for which one. Two uses never share a
 * lock, because their names differ. Both kinds end with the transaction.
 */
const textOf = (name: string, key: string): string => `${name}:${key}`

/** Waits for the lock. */
export const advisoryLock = async (tx: Pick<Tx, '$client'>, name: string, key: string): Promise<void> => {
  await tx.$client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [textOf(name, key)])
}

/** Takes the lock if it is free; false when another transaction has it. */
export const tryAdvisoryLock = async (tx: Pick<Tx, '$client'>, name: string, key: string): Promise<boolean> => {
  const { rows } = await tx.$client.query<{ taken: boolean }>(
    'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS taken',
    [textOf(name, key)],
  )
  return rows[0]!.taken
}
