import pg from 'pg'
import type { Database } from './stand.ts'

/**
 * Calls `committed` with a text about every row that is inserted into a table, once its transaction has committed: a
 * trigger notifies within it, which Postgres passes on after the commit only. That is some tenths of a millisecond later
 * than the commit, never earlier; Postgres' own commit timestamps are taken before it waits for its disk. `about` and
 * `where` are SQL of the row NEW; the text must differ from row to row. Resolves with what ends it.
 */
export const watchInserts = async (
  { pool, url }: Database,
  { table, about, where = 'true' }: { table: string; about: string; where?: string },
  committed: (about: string) => void,
): Promise<() => Promise<void>> => {
  await pool.query(`
    CREATE SCHEMA IF NOT EXISTS bench;
    CREATE FUNCTION bench.tell() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_notify('bench', ${about}); RETURN NULL; END $$;
    CREATE TRIGGER tell_bench AFTER INSERT ON ${table} FOR EACH ROW WHEN (${where}) EXECUTE FUNCTION bench.tell();`)
  const client = new pg.Client({ connectionString: url })
  client.on('notification', ({ payload }) => committed(payload!))
  await client.connect()
  await client.query('LISTEN bench')
  return () => client.end()
}
