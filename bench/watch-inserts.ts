import pg from 'pg'
import type { Database } from './testbed.ts'

/**
 * Calls `committed` with a text for every row inserted into a table, after its commit: a trigger calls pg_notify, which
 * Postgres delivers after the commit, some tenths of a millisecond late and never early (its commit timestamps are
 * taken before it waits for the disk). `about` and `where` are SQL on the row NEW; the texts must differ. Resolves with
 * a function that stops it.
 */
export const watchInserts = async (
  { pool, url }: Database,
  { table, about, where = 'true' }: { table: string; about: string; where?: string },
  committed: (about: string) => void,
): Promise<() => Promise<void>> => {
  await pool.query(`
    CREATE SCHEMA IF NOT EXISTS bench;
    CREATE FUNCTION bench.notify_insert() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_notify('bench', ${about}); RETURN NULL; END $$;
    CREATE TRIGGER notify_insert AFTER INSERT ON ${table} FOR EACH ROW WHEN (${where}) EXECUTE FUNCTION bench.notify_insert();`)
  const client = new pg.Client({ connectionString: url })
  client.on('notification', ({ payload }) => committed(payload!))
  await client.connect()
  await client.query('LISTEN bench')
  return () => client.end()
}
