import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type pg from 'pg'

export interface ApplyOptions {
  /** SQL files and `meta/_journal.json`, in the format of drizzle-kit. */
  folder: string
  /** Gets a line for each file that was applied or has to wait. */
  report: (line: string) => void
  /** What waits for a lock blocks everybody behind it: so it gives up early and tries again. */
  lockTimeout?: string
  /** Milliseconds between attempts; after the last one a file has failed. */
  pauses?: number[]
}

/** Four minutes in all, lock time-outs included: longer than any transaction of a service lasts. */
const defaultPauses = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000, 30_000, 30_000]

/**
 * Applies the files that were not applied yet, in the order of the journal. Each is one transaction: a file that fails
 * leaves the earlier ones applied and nothing of itself. They are recorded as drizzle's migrator records them.
 */
export const applyMigrations = async (client: pg.Client, options: ApplyOptions): Promise<void> => {
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS kit_migrations;
    CREATE TABLE IF NOT EXISTS kit_migrations.__drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint)`)
  const { rows } = await client.query<{ created_at: string }>(
    'SELECT created_at FROM kit_migrations.__drizzle_migrations',
  )
  const applied = new Set(rows.map(({ created_at }) => Number(created_at)))
  for (const file of readFiles(options.folder)) {
    if (applied.has(file.when)) continue
    await applyPatiently(client, file, options)
    options.report(`migration ${file.name} was applied`)
  }
}

interface File {
  name: string
  when: number
  hash: string
  statements: string[]
}

const readFiles = (folder: string): File[] => {
  const journal = JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8')) as { entries: { tag: string }[] }
  return readMigrationFiles({ migrationsFolder: folder }).map(({ sql, hash, folderMillis }, index) => ({
    name: journal.entries[index]!.tag,
    when: folderMillis,
    hash,
    statements: sql,
  }))
}

const applyPatiently = async (client: pg.Client, file: File, options: ApplyOptions): Promise<void> => {
  const { report, pauses = defaultPauses, lockTimeout = '5s' } = options
  for (let attempt = 0; ; attempt++) {
    try {
      return await applyFile(client, file, lockTimeout)
    } catch (error) {
      const { message, code } = error as pg.DatabaseError
      const pause = pauses[attempt]
      if (!isInterference(code)) throw new Error(`migration ${file.name} failed: ${message}`, { cause: error })
      if (pause === undefined)
        throw new Error(`migration ${file.name} did not get its locks: ${message}`, { cause: error })
      report(`migration ${file.name} waits for a lock and tries again in ${pause / 1_000} s: ${message}`)
      await delay(pause)
    }
  }
}

const applyFile = async (client: pg.Client, { statements, hash, when }: File, lockTimeout: string): Promise<void> => {
  try {
    await client.query('BEGIN')
    await client.query("SELECT set_config('lock_timeout', $1, true)", [lockTimeout])
    for (const statement of statements) await client.query(statement)
    await client.query('INSERT INTO kit_migrations.__drizzle_migrations (hash, created_at) VALUES ($1, $2)', [
      hash,
      when,
    ])
    await client.query('COMMIT')
  } catch (error) {
    // Fails as well when the connection is gone: the first error says why.
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

/** lock_not_available, deadlock_detected */
const isInterference = (code: string | undefined): boolean => code === '55P03' || code === '40P01'
