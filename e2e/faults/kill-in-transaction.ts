import { setTimeout as delay } from 'node:timers/promises'
import type { Mesh } from '@taskflow/local-mesh'
import { type ServiceName, services } from '@taskflow/service-kit'
import type pg from 'pg'
import { withClient } from './checks.ts'

/**
 * Waits until a connection matches `where` and returns its process. Must not run inside a transaction, which
 * sees only the activity at its beginning.
 */
const connectionThat = async (client: pg.Client, what: string, where: string, values: unknown[] = []) => {
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await delay(5)) {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND ${where}`,
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

/**
 * kill -9 of a consumer that has received a delivery and not yet written a row of it: a lock holds back its first
 * insert.
 */
export const killBefore = (mesh: Mesh, service: ServiceName): Promise<void> =>
  withTwoClients(mesh, async (client, observer) => {
    const { schema, role } = services[service]
    await client.query('BEGIN')
    await client.query(`LOCK TABLE ${schema}.inbox IN SHARE MODE`)
    const waiting = await connectionThat(
      observer,
      `an insert into ${schema}.inbox that waits`,
      `usename = $1 AND wait_event_type = 'Lock' AND query LIKE $2`,
      [role, `INSERT INTO ${schema}.inbox%`],
    )
    await kill(mesh, service)
    await client.query('SELECT pg_terminate_backend($1)', [waiting.pid])
    await client.query('ROLLBACK')
  })

/** The advisory locks of `killInside`: one transaction gets `held` and waits for `barrier`, which the test has. */
const held = 4711
const barrier = 4712

/**
 * The process and transaction that wait at the barrier. Read from pg_locks, which shows one moment; in pg_stat_activity
 * a process can be seen waiting beside the transaction that it had before.
 */
const transactionAtBarrier = async (client: pg.Client) => {
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await delay(5)) {
    const { rows } = await client.query<{ xid: string }>(
      `SELECT own.transactionid::text AS xid
       FROM pg_locks waiting JOIN pg_locks first USING (pid) JOIN pg_locks own USING (pid)
       WHERE waiting.locktype = 'advisory' AND waiting.objid = $1 AND NOT waiting.granted
         AND first.locktype = 'advisory' AND first.objid = $2 AND first.granted
         AND own.locktype = 'transactionid' AND own.mode = 'ExclusiveLock' AND own.granted`,
      [barrier, held],
    )
    if (rows[0]) return rows[0].xid
  }
  throw new Error('never seen: a transaction at the barrier')
}

/**
 * kill -9 of a service inside a transaction that inserts into `table`: `during`, right after the row is written,
 * or `after`, while the database commits, so that the service never learns the outcome. A trigger holds the transaction
 * at that point until the service is dead, however long that takes; the database then reports its outcome.
 */
export const killInside = (
  mesh: Mesh,
  service: ServiceName,
  moment: 'during' | 'after',
  table = `${services[service].schema}.inbox`,
): Promise<void> =>
  withClient(mesh.databaseUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [barrier])
    await client.query(`
      CREATE OR REPLACE FUNCTION watch.hold() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        -- Holds one transaction, once; the others pass.
        IF current_setting('watch.held', true) IS DISTINCT FROM 'yes' AND pg_try_advisory_xact_lock(${held}) THEN
          PERFORM set_config('watch.held', 'yes', true);
          PERFORM pg_advisory_xact_lock_shared(${barrier});
        END IF;
        RETURN NULL;
      END $$`)
    const kind = moment === 'during' ? 'TRIGGER' : 'CONSTRAINT TRIGGER'
    const when = moment === 'during' ? '' : 'DEFERRABLE INITIALLY DEFERRED'
    await client.query(
      `CREATE ${kind} hold AFTER INSERT ON ${table} ${when} FOR EACH ROW EXECUTE FUNCTION watch.hold()`,
    )
    try {
      const xid = await transactionAtBarrier(client)
      await kill(mesh, service)
      await client.query('SELECT pg_advisory_unlock($1)', [barrier])
      const status = await statusOf(client, xid)
      const expected = moment === 'during' ? 'aborted' : 'committed'
      if (status !== expected) throw new Error(`the transaction should be ${expected} and is ${status}`)
    } finally {
      await client.query('SELECT pg_advisory_unlock_all()')
      await client.query(`DROP TRIGGER hold ON ${table}`)
    }
  })

/**
 * kill -9 of a service whose relay has published rows and not yet deleted them: another transaction holds the rows, so
 * the delete waits and dies with its service.
 */
export const killBetweenPublishAndDelete = (mesh: Mesh, service: ServiceName): Promise<void> =>
  withTwoClients(mesh, async (client, observer) => {
    const { schema } = services[service]
    let rows: { event_id: string }[] = []
    for (const deadline = Date.now() + 120_000; rows.length === 0 && Date.now() < deadline; ) {
      await client.query('ROLLBACK')
      await client.query('BEGIN')
      rows = (await client.query(`SELECT event_id FROM ${schema}.outbox LIMIT 5 FOR UPDATE SKIP LOCKED`)).rows
    }
    if (rows.length === 0) throw new Error(`nothing passed through ${schema}.outbox`)
    const waiting = await connectionThat(
      observer,
      'a delete of published rows that waits',
      `application_name = $1 AND wait_event_type = 'Lock' AND query LIKE '%DELETE FROM%'`,
      [`relay ${schema}`],
    )
    await kill(mesh, service)
    await client.query('SELECT pg_terminate_backend($1)', [waiting.pid])
    await delay(50)
    await client.query('ROLLBACK')
  })
