import { setTimeout as delay } from 'node:timers/promises'
import { readConsumerLag } from '@taskflow/kafka-admin'
import type { Mesh } from '@taskflow/local-mesh'
import { serviceNames, services } from '@taskflow/service-kit'
import pg from 'pg'
import { consumers } from './consumers.ts'
import type { Acknowledged } from './load.ts'

/** Findings of a case. All but `events` and `recovered_s` must be 0. */
export interface Findings {
  events: number
  lost: number
  doubled: number
  reordered: number
  recovered_s: number
  /** Details of what is wrong. */
  remarks: string[]
}

/** Records every event that is put into an outbox, independently of the code under test. */
export const watchOutboxes = async (databaseUrl: string): Promise<void> => {
  await withClient(databaseUrl, async (client) => {
    await client.query(`
      CREATE SCHEMA watch;
      CREATE TABLE watch.events (
        event_id text, topic text, key text NOT NULL, type text NOT NULL, user_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT clock_timestamp(), due timestamptz, PRIMARY KEY (event_id, topic)
      );
      CREATE TABLE watch.consumers (inbox text, topic text, type text);
      CREATE FUNCTION watch.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        INSERT INTO watch.events (event_id, topic, key, type, user_id, due) VALUES (NEW.event_id::text, NEW.topic, NEW.key, NEW.event::json ->> 'type',
          coalesce((NEW.event::json #>> '{data,user_id}')::uuid, '00000000-0000-0000-0000-000000000000'),
          (NEW.event::json #>> '{data,reminder,at}')::timestamptz)
        ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$;
      GRANT USAGE ON SCHEMA watch TO PUBLIC;`)
    for (const { schema } of Object.values(services)) {
      await client.query(
        `CREATE TRIGGER watch AFTER INSERT ON ${schema}.outbox FOR EACH ROW EXECUTE FUNCTION watch.note()`,
      )
    }
    for (const { service, topic, type } of consumers) {
      await client.query('INSERT INTO watch.consumers VALUES ($1, $2, $3)', [services[service].schema, topic, type])
    }
  })
}

const sum = (of: (schema: string) => string): string =>
  serviceNames.map((name) => `(SELECT count(*) FROM ${of(services[name].schema)})`).join(' + ')

/**
 * Resolves with the seconds until the mesh is quiet: outboxes are empty, nothing is deferred, no reminder or mail is
 * pending, consumers have acknowledged all messages and the audit log holds every event. Undefined when that takes too
 * long.
 */
export const untilQuiet = async (
  { databaseUrl, brokers }: Mesh,
  atMost: number,
): Promise<{ seconds?: number; last: string }> => {
  const began = performance.now()
  let quietSince: number | undefined
  let last = ''
  while (performance.now() - began < atMost * 1_000) {
    const state = await withClient(databaseUrl, async (client) => {
      const { rows } = await client.query(
        `SELECT ${sum((schema) => `${schema}.outbox`)} AS waiting,
                ${sum((schema) => `${schema}.inbox WHERE state = 'deferred'`)} AS deferred,
                (SELECT count(*) FROM reminders.schedule WHERE fired_at IS NULL AND at < now()) AS unfired,
                (SELECT count(*) FROM notifications.ledger WHERE state = 'pending') AS unsent,
                (SELECT count(DISTINCT event_id) FROM watch.events WHERE event_id NOT IN (SELECT event_id FROM audit.events)
                   AND user_id NOT IN (SELECT user_id FROM audit.forgotten_users)) AS unaudited`,
      )
      return rows[0] as Record<string, string>
    }).catch((error: Error) => ({ error: error.message }) as Record<string, string>)
    const lag = await readConsumerLag({ brokers }).then(
      (lags) => lags.reduce((total, each) => total + each.lag, 0),
      () => Number.NaN,
    )
    last = JSON.stringify({ ...state, lag })
    const quiet = lag === 0 && Object.values(state).every((count) => count === '0')
    quietSince = quiet ? (quietSince ?? performance.now()) : undefined
    // Handling an event may produce another: the mesh is quiet only after a while without any.
    if (quietSince !== undefined && performance.now() - quietSince > 1_500)
      return { seconds: (quietSince - began) / 1_000, last }
    await delay(200)
  }
  return { last }
}

/** Compares what was acknowledged with what exists. Leaves out what is in `found` already, and adds the rest to it. */
export const check = (
  { databaseUrl }: Pick<Mesh, 'databaseUrl'>,
  acknowledged: Acknowledged,
  { found = new Set(), mailUrl }: { found?: Set<string>; mailUrl?: string | undefined } = {},
): Promise<Omit<Findings, 'recovered_s'>> =>
  withClient(databaseUrl, async (client) => {
    const remarks: string[] = []
    const note = (what: string, samples: string[]): number => {
      const isNew = (sample: string) => !found.has(`${what} ${sample}`)
      const fresh = samples.filter(isNew)
      for (const sample of fresh) found.add(`${what} ${sample}`)
      if (fresh.length > 0) remarks.push(`${fresh.length} ${what}, such as ${fresh[0]}`)
      return fresh.length
    }
    const count = async (what: string, query: string, values: unknown[] = []): Promise<number> => {
      const { rows } = await client.query<{ sample: string }>(query, values)
      return note(
        what,
        rows.map(({ sample }) => sample),
      )
    }
    const created = [...acknowledged.created]
    const series = [...acknowledged.completedSeries]
    const reminded = [...acknowledged.reminded]
    const versions = [...acknowledged.versions]
    const inboxes = serviceNames
      .map((name) => `SELECT '${services[name].schema}' AS inbox, event_id, state FROM ${services[name].schema}.inbox`)
      .join(' UNION ALL ')
    const lost =
      (await count(
        'acknowledged tasks that do not exist',
        'SELECT id AS sample FROM unnest($1::uuid[]) id WHERE id NOT IN (SELECT id FROM tasks.tasks)',
        [created],
      )) +
      (await count(
        'acknowledged changes that were not made',
        `SELECT id AS sample FROM unnest($1::uuid[], $2::int[]) AS said (id, version)
         WHERE version > (SELECT version FROM tasks.tasks WHERE tasks.id = said.id)`,
        [versions.map(([id]) => id), versions.map(([, version]) => version)],
      )) +
      (await count(
        'completed recurring tasks without a next one',
        `SELECT said.series AS sample FROM unnest($1::uuid[]) AS said (series)
         WHERE NOT EXISTS (SELECT 1 FROM tasks.tasks WHERE series_id = said.series AND occurrence = 2)`,
        [series],
      )) +
      (await count(
        'reminders that did not fire or were not sent',
        `SELECT task AS sample FROM unnest($1::text[]) task
         WHERE (SELECT count(DISTINCT type) FROM watch.events
                WHERE key = task AND type IN ('reminder.due', 'reminder.sent')) < 2`,
        [reminded],
      )) +
      (await count(
        'events that are not in the audit log',
        // Late events of a deleted account are dropped.
        `SELECT event_id AS sample FROM watch.events WHERE event_id NOT IN (SELECT event_id FROM audit.events)
           AND user_id NOT IN (SELECT user_id FROM audit.forgotten_users)`,
      )) +
      (await count(
        'events that a consumer has neither done nor parked',
        `SELECT consumers.inbox || ' ' || type || ' ' || event_id AS sample
         FROM watch.events JOIN watch.consumers USING (topic, type) LEFT JOIN (${inboxes}) AS i USING (inbox, event_id)
         WHERE i.state IS NULL OR i.state = 'deferred'`,
      )) +
      (await count(
        'good events that were parked',
        `SELECT inbox || ' ' || event_id AS sample FROM (${inboxes}) AS i
         WHERE state = 'parked' AND event_id IN (SELECT event_id FROM watch.events)`,
      )) +
      (await count(
        'tasks that reminder-service does not know in their newest version',
        `SELECT t.id AS sample FROM tasks.tasks t LEFT JOIN reminders.tasks r USING (id)
         WHERE r.version IS DISTINCT FROM t.version`,
      ))
    const doubled =
      (await count(
        'titles with more than one task of one user and occurrence',
        `SELECT title AS sample FROM tasks.tasks GROUP BY user_id, title, occurrence HAVING count(*) > 1`,
      )) +
      (await count(
        'series with more than one next task',
        `SELECT series_id AS sample FROM tasks.tasks WHERE occurrence > 1 GROUP BY series_id HAVING count(*) > 1`,
      )) +
      (await count(
        'reminders that fired or were sent more than once',
        `SELECT key AS sample FROM watch.events WHERE type IN ('reminder.due', 'reminder.sent')
         GROUP BY key, type HAVING count(*) > 1`,
      )) +
      (await count(
        'events that are in the audit log more than once',
        'SELECT event_id AS sample FROM audit.events GROUP BY event_id HAVING count(*) > 1',
      )) +
      (await count(
        'events that are in a live feed more than once',
        `SELECT event::json ->> 'id' AS sample FROM tasks.feed GROUP BY 1 HAVING count(*) > 1`,
      )) +
      (mailUrl ? note('mails that were sent twice', await repeatedMails(mailUrl)) : 0)
    const reordered =
      (await count(
        'events of a task that were handled before an earlier one',
        `SELECT task_id AS sample FROM
         (SELECT task_id, version, lag(version) OVER (PARTITION BY task_id ORDER BY sequence) AS before
          FROM (SELECT task_id, sequence, (recorded::jsonb #>> '{data,task,version}')::int AS version
                FROM audit.events WHERE type LIKE 'task.%') AS changes) AS ordered
       WHERE version < before`,
      )) +
      (await count(
        'events of a task that are in its live feed before an earlier one',
        `SELECT task_id AS sample FROM
         (SELECT task_id, version, lag(version) OVER (PARTITION BY task_id ORDER BY sequence) AS before
          FROM (SELECT event::json #>> '{data,task,id}' AS task_id, sequence,
                       (event::json #>> '{data,task,version}')::int AS version
                FROM tasks.feed WHERE type LIKE 'task.%') AS changes) AS ordered
       WHERE version < before`,
      ))
    await count(
      'reminders that fired before their time',
      `SELECT key AS sample FROM watch.events WHERE type = 'reminder.due' AND due > at + interval '1 s'`,
    )
    const { rows } = await client.query<{ n: number }>('SELECT count(DISTINCT event_id)::int AS n FROM watch.events')
    return { events: rows[0]!.n, lost, doubled, reordered, remarks }
  })

/** The Message-IDs of mails that came more than once, of the newest thousand. */
const repeatedMails = async (mailUrl: string): Promise<string[]> => {
  const answer = await fetch(`${mailUrl}/api/v1/messages?limit=1000`)
  const { messages } = (await answer.json()) as { messages: { MessageID: string }[] }
  const byId = Map.groupBy(messages, ({ MessageID }) => MessageID)
  return [...byId].filter(([, copies]) => copies.length > 1).map(([id]) => id)
}

/** Runs `work` with a connection of the database's owner. */
export const withClient = async <T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 15_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
