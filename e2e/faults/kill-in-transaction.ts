import { setTimeout as delay } from 'node:timers/promises'
import type { Mesh } from '@taskflow/local-mesh'
import { type ServiceName, services } from '@taskflow/service-kit'
import type pg from 'pg'
import { withClient } from './checks.ts'

/**
 * Waits until a connection is in the state described by `where` and answers its process and transaction. Must not be asked
 * inside a transaction, which sees the activity of its beginning only.
 */
const connectionThat = async (client: pg.Client, what: string, where: string, values: unknown[] = []) => {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await delay(5)) {
    const { rows } = await client.query<{ pid: number; xid: string | null }>(
      `SELECT pid, backend_xid::text AS xid FROM pg_stat_activity WHERE datname = current_database() AND ${where}`,
      values,
    )
    if (rows[0]) return rows[0]
  }
  throw new Error(`never seen: ${what}`)
}

const withTwoClients = (mesh: Mesh, work: (client: pg.Client, observer: pg.Client) => Promise<void>): Promise<void> =>
  withClient(mesh.databaseUrl, (client) => withClient(mesh.databaseUrl, (observer) => work(client, observer)))

const statusOf = async (client: pg.Client, xid: string): Promise<string> => {
  while (true) {
    const { rows } = await client.query<{ status: string }>('SELECT pg_xact_status($1::xid8) AS status', [xid])
    if (rows[0]!.status !== 'in progress') return rows[0]!.status
    await delay(20)
  }
}

const kill = async (mesh: Mesh, service: ServiceName) => {
  const { app } = mesh.members[service]
  const before = app.exits.length
  app.kill('SIGKILL')
  while (app.exits.length === before) await delay(5)
}

/** kill -9 of a consumer that has taken a delivery and has not written a row of it yet: its first insert is held back. */
export const killBefore = (mesh: Mesh, service: ServiceName): Promise<void> =>
  withTwoClients(mesh, async (client, observer) => {
    const { schema, role } = services[service]
    await client.query('BEGIN')
    await client.query(`LOCK TABLE ${schema}.inbox IN SHARE MODE`)
    const held = await connectionThat(
      observer,
      `an insert into ${schema}.inbox that waits`,
      `usename = $1 AND wait_event_type = 'Lock' AND query LIKE $2`,
      [role, `INSERT INTO ${schema}.inbox%`],
    )
    await kill(mesh, service)
    await client.query('SELECT pg_terminate_backend($1)', [held.pid])
    await client.query('ROLLBACK')
  })

/**
 * kill -9 of a service inside a transaction that inserts into `table`: `during`, when the row is written and nothing else,
 * or `after`, while the database commits, so that nobody is there to hear of it. A trigger holds the transaction at that
 * point for a second; what became of it is asked of the database.
 */
export const killInside = (
  mesh: Mesh,
  service: ServiceName,
  moment: 'during' | 'after',
  table = `${services[service].schema}.inbox`,
): Promise<void> =>
  withClient(mesh.databaseUrl, async (client) => {
    await client.query(`
      CREATE OR REPLACE FUNCTION watch.hold() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        -- Holds one transaction, once; the others pass.
        IF current_setting('watch.held', true) IS DISTINCT FROM 'yes' AND pg_try_advisory_xact_lock(4711) THEN
          PERFORM set_config('watch.held', 'yes', true);
          PERFORM pg_sleep(1);
        END IF;
        RETURN NULL;
      END $$`)
    const kind = moment === 'during' ? 'TRIGGER' : 'CONSTRAINT TRIGGER'
    const when = moment === 'during' ? '' : 'DEFERRABLE INITIALLY DEFERRED'
    await client.query(
      `CREATE ${kind} hold AFTER INSERT ON ${table} ${when} FOR EACH ROW EXECUTE FUNCTION watch.hold()`,
    )
    try {
      const { xid } = await connectionThat(
        client,
        `a transaction held ${moment}`,
        `usename = $1 AND wait_event = 'PgSleep'`,
        [services[service].role],
      )
      await kill(mesh, service)
      const status = await statusOf(client, xid!)
      const expected = moment === 'during' ? 'aborted' : 'committed'
      if (status !== expected) throw new Error(`the transaction was to be ${expected} and is ${status}`)
    } finally {
      await client.query(`DROP TRIGGER hold ON ${table}`)
    }
  })

/**
 * kill -9 of a service when its relay has published rows and not deleted them yet: another transaction holds the rows, the
 * delete waits, and is ended with its service.
 */
export const killBetweenPublishAndDelete = (mesh: Mesh, service: ServiceName): Promise<void> =>
  withTwoClients(mesh, async (client, observer) => {
    const { schema } = services[service]
    let rows: { event_id: string }[] = []
    for (const deadline = Date.now() + 30_000; rows.length === 0 && Date.now() < deadline; ) {
      await client.query('ROLLBACK')
      await client.query('BEGIN')
      rows = (await client.query(`SELECT event_id FROM ${schema}.outbox LIMIT 5 FOR UPDATE SKIP LOCKED`)).rows
    }
    if (rows.length === 0) throw new Error(`nothing went through ${schema}.outbox`)
    const held = await connectionThat(
      observer,
      'a delete of published rows that waits',
      `application_name = $1 AND wait_event_type = 'Lock' AND query LIKE '%DELETE FROM%'`,
      [`relay ${schema}`],
    )
    await kill(mesh, service)
    await client.query('SELECT pg_terminate_backend($1)', [held.pid])
    await delay(50)
    await client.query('ROLLBACK')
  })
