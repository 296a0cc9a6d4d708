import { setTimeout as delay } from 'node:timers/promises'
import { serviceNames, services } from '@taskflow/service-kit'
import type { Mesh } from '@taskflow/test-kit'
import pg from 'pg'
import { readConsumerLag } from '../../apps/chat-api/src/domain/consumer-lag.ts'
import type { Acknowledged } from './load.ts'

/** What a case found. All but `events` and `recovered_s` must be 0. */
export interface Findings {
  events: number
  lost: number
  doubled: number
  reordered: number
  recovered_s: number
  /** What exactly is wrong, for the reader. */
  remarks: string[]
}

/** Counts every event that is ever put into an outbox, independent of the code under test. */
export const watchOutboxes = async (databaseUrl: string): Promise<void> => {
  await withClient(databaseUrl, async (client) => {
    await client.query(`
      CREATE SCHEMA watch;
      CREATE TABLE watch.events (event_id uuid PRIMARY KEY, type text NOT NULL);
      CREATE FUNCTION watch.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        INSERT INTO watch.events VALUES (NEW.event_id, NEW.event::json ->> 'type') ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$;
      GRANT USAGE ON SCHEMA watch TO PUBLIC;`)
    for (const { schema } of Object.values(services)) {
      await client.query(
        `CREATE TRIGGER watch AFTER INSERT ON ${schema}.outbox FOR EACH ROW EXECUTE FUNCTION watch.note()`,
      )
    }
  })
}

/**
 * Resolves with the seconds until every outbox is empty, nothing is deferred, every consumer has acknowledged all there is
 * and the audit log holds every event.
 */
export const untilQuiet = async ({ databaseUrl, brokers }: Mesh, atMost = 240): Promise<number> => {
  const began = performance.now()
  const outboxes = serviceNames.map((name) => `(SELECT count(*) FROM ${services[name].schema}.outbox)`).join(' + ')
  const deferred = serviceNames
    .map((name) => `(SELECT count(*) FROM ${services[name].schema}.inbox WHERE state = 'deferred')`)
    .join(' + ')
  let quietSince: number | undefined
  let last = ''
  while (performance.now() - began < atMost * 1_000) {
    const state = await withClient(databaseUrl, async (client) => {
      const { rows } = await client.query(
        `SELECT ${outboxes} AS waiting, ${deferred} AS deferred,
                (SELECT count(*) FROM watch.events) - (SELECT count(*) FROM audit.events) AS unaudited`,
      )
      return rows[0] as Record<string, string>
    }).catch((error: Error) => ({ error: error.message }) as Record<string, string>)
    const lag = await readConsumerLag(brokers).then(
      (lags) => lags.reduce((sum, each) => sum + each.lag, 0),
      () => Number.NaN,
    )
    last = JSON.stringify({ ...state, lag })
    const quiet = state.waiting === '0' && state.deferred === '0' && state.unaudited === '0' && lag === 0
    quietSince = quiet ? (quietSince ?? performance.now()) : undefined
    // Handling one event may make the next: only a while without any is quiet.
    if (quietSince !== undefined && performance.now() - quietSince > 1_500) return (quietSince - began) / 1_000
    await delay(200)
  }
  throw new Error(`not quiet after ${atMost} s: ${last}`)
}

/** Compares what was acknowledged with what there is. */
export const check = ({ databaseUrl }: Mesh, acknowledged: Acknowledged): Promise<Omit<Findings, 'recovered_s'>> =>
  withClient(databaseUrl, async (client) => {
    const remarks: string[] = []
    const count = async (what: string, query: string, values: unknown[] = []): Promise<number> => {
      const { rows } = await client.query<{ n: number; sample: string | null }>(query, values)
      const { n, sample } = rows[0]!
      if (n > 0) remarks.push(`${n} ${what}, such as ${sample}`)
      return n
    }
    const created = [...acknowledged.created]
    const series = [...acknowledged.completedSeries]
    const versions = [...acknowledged.versions]
    const lost =
      (await count(
        'acknowledged tasks that are not there',
        `SELECT count(*)::int AS n, min(id::text) AS sample FROM unnest($1::uuid[]) id WHERE id NOT IN (SELECT id FROM tasks.tasks)`,
        [created],
      )) +
      (await count(
        'acknowledged changes that are not there',
        `SELECT count(*)::int AS n, min(id::text) AS sample FROM unnest($1::uuid[], $2::int[]) AS said (id, version)
         WHERE version > (SELECT version FROM tasks.tasks WHERE tasks.id = said.id)`,
        [versions.map(([id]) => id), versions.map(([, version]) => version)],
      )) +
      (await count(
        'completed recurring tasks without a next one',
        `SELECT count(*)::int AS n, min(said.series::text) AS sample FROM unnest($1::uuid[]) AS said (series)
         WHERE NOT EXISTS (SELECT 1 FROM tasks.tasks WHERE series_id = said.series AND occurrence = 2)`,
        [series],
      )) +
      (await count(
        'events that are not in the audit log',
        `SELECT count(*)::int AS n, min(event_id::text) AS sample FROM watch.events
         WHERE event_id::text NOT IN (SELECT event_id FROM audit.events)`,
      )) +
      (await count(
        'tasks that reminder-service does not know in their newest version',
        `SELECT count(*)::int AS n, min(t.id::text) AS sample FROM tasks.tasks t LEFT JOIN reminders.tasks r USING (id)
         WHERE r.version IS DISTINCT FROM t.version`,
      ))
    const doubled =
      (await count(
        'series with more than one next task',
        `SELECT count(*)::int AS n, min(series_id::text) AS sample FROM
           (SELECT series_id FROM tasks.tasks WHERE occurrence > 1 GROUP BY series_id HAVING count(*) > 1) AS twice`,
      )) +
      (await count(
        'events that are in the audit log more than once',
        `SELECT count(*)::int AS n, min(event_id) AS sample FROM
           (SELECT event_id FROM audit.events GROUP BY event_id HAVING count(*) > 1) AS twice`,
      ))
    const reordered = await count(
      'events of a task that were handled before an earlier one',
      `SELECT count(*)::int AS n, min(task_id::text) AS sample FROM
         (SELECT task_id, (data #>> '{task,version}')::int AS version,
                 lag((data #>> '{task,version}')::int) OVER (PARTITION BY task_id ORDER BY sequence) AS before
          FROM audit.events WHERE type LIKE 'task.%') AS ordered
       WHERE version < before`,
    )
    const parked = serviceNames
      .map((name) => `SELECT event_id FROM ${services[name].schema}.inbox WHERE state = 'parked'`)
      .join(' UNION ALL ')
    await count(
      'events that were parked',
      `SELECT count(*)::int AS n, min(event_id) AS sample FROM (${parked}) AS parked`,
    )
    const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM watch.events')
    return { events: rows[0]!.n, lost, doubled, reordered, remarks }
  })

const withClient = async <T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 3_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
