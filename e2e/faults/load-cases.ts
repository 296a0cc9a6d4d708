import { setTimeout as delay } from 'node:timers/promises'
import type { Mesh } from '@taskflow/local-mesh'
import { serviceNames, services } from '@taskflow/service-kit'
import { eventuallyWithin } from '@taskflow/test-kit'
import { withClient } from './checks.ts'
import { consumers } from './consumers.ts'
import type { FaultCase } from './fault-case.ts'
import { person, sabotage, sql } from './helpers.ts'
import { redeliver } from './redeliver.ts'

const eventually = eventuallyWithin(60)

/** reminder-service fails to handle the event of one task: events of other tasks must not wait for it. */
const withOneBadTask = async (mesh: Mesh, statement: string): Promise<void> => {
  const repair = await sabotage(mesh, `NEW.title = 'bad'`, statement)
  const send = await person(mesh, 'bad')
  const create = async (title: string): Promise<string> => (await send('POST', '', { title })).body.id
  const isKnown = async (id: string) =>
    (await sql(mesh, `SELECT FROM reminders.tasks WHERE id = '${id}'`)).rowCount === 1
  const bad = await create('bad')
  await eventually('the bad event is deferred', async () => {
    const waiting = await sql(mesh, `SELECT FROM reminders.inbox WHERE key = '${bad}' AND state = 'deferred'`)
    return waiting.rowCount === 1
  })
  const others = await Promise.all(Array.from({ length: 20 }, (_, number) => create(`good task ${number}`)))
  for (const other of others) await eventually('a good task is handled', () => isKnown(other))
  if (await isKnown(bad)) throw new Error('the bad event was handled')
  await repair()
}

/** Events that come late, often, broken, failing or many at once. */
export const loadCases: FaultCase[] = [
  {
    name: 'a transaction that commits 5 s after later ones',
    quick: true,
    inject: (mesh) =>
      withClient(mesh.databaseUrl, async (client) => {
        const send = await person(mesh, 'slow')
        await client.query(
          `CREATE OR REPLACE FUNCTION watch.linger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(5); RETURN NULL; END $$;
           CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON tasks.tasks DEFERRABLE INITIALLY DEFERRED
             FOR EACH ROW WHEN (NEW.title = 'slow to commit') EXECUTE FUNCTION watch.linger()`,
        )
        const answer = await send('POST', '', { title: 'slow to commit' })
        await client.query('DROP TRIGGER linger ON tasks.tasks')
        if (answer.status !== 201) throw new Error(`the slow request returned ${answer.status}`)
      }),
  },
  {
    name: 'every event delivered 2 to 10 times at once, in batches mixed across keys',
    quick: true,
    inject: async (mesh) => {
      const again = await redeliver(mesh)
      await delay(5_000)
      for (const deadline = Date.now() + 60_000; again.count() < 1_000 && Date.now() < deadline; ) await delay(100)
      await again.stop()
      if (again.count() < 1_000) throw new Error(`only ${again.count()} deliveries were made`)
    },
  },
  {
    name: 'poison among good events',
    quick: true,
    inject: async (mesh) => {
      const poison = [
        'not json at all',
        '[]',
        '{"specversion":"1.0","id":"unknown-type","type":"task.exploded","source":"/elsewhere","data":{}}',
        '{"specversion":"1.0","id":"no-data","type":"task.created","source":"/elsewhere"}',
      ]
      const topics = ['task-events', 'task-recurrence'] as const
      const { sidecarUrl, daprApiToken } = mesh.members['chat-api']
      const parked = async () => (await sql(mesh, parkedPoison)).rows[0].count as number
      const before = await parked()
      for (let round = 0; round < 10; round++) {
        for (const topic of topics) {
          for (const body of poison) {
            const answer = await fetch(
              `${sidecarUrl}/v1.0/publish/kafka-pubsub/${topic}?metadata.rawPayload=true&metadata.partitionKey=${round}`,
              {
                method: 'POST',
                headers: { 'dapr-api-token': daprApiToken, 'content-type': 'text/plain' },
                body: body.replace('"id":"', `"id":"${topic}-${before}-${round}-`),
              },
            )
            if (answer.status !== 204) throw new Error(`poison returned ${answer.status}`)
          }
        }
        await delay(300)
      }
      return async () => {
        const readers = topics.map(
          (topic) => new Set(consumers.filter((each) => each.topic === topic).map((c) => c.service)),
        )
        const expected = readers.reduce((sum, { size }) => sum + size * poison.length * 10, 0)
        const found = (await parked()) - before
        return found === expected ? [] : [`${found} messages were parked instead of ${expected}`]
      }
    },
  },
  {
    name: 'a handler that fails for one key only',
    quick: true,
    inject: (mesh) => withOneBadTask(mesh, `RAISE EXCEPTION 'sabotaged'`),
  },
  {
    name: 'a handler that hangs for one key only',
    inject: (mesh) => withOneBadTask(mesh, 'PERFORM pg_sleep(3600)'),
  },
  {
    name: 'a slow consumer',
    inject: async (mesh) => {
      const repair = await sabotage(mesh, 'true', 'PERFORM pg_sleep(0.02)')
      await delay(8_000)
      await repair()
    },
  },
  {
    name: 'a thousand changes of one task wait, and drain within 6 s',
    quick: true,
    // The time limit is meaningful only while the load does not keep the machine busy.
    load: { people: 5, rate: 20 },
    inject: async (mesh, _load, isTimed) => {
      const { sidecar } = mesh.members['chat-api']
      const send = await person(mesh, 'thousand')
      const { id } = (await send('POST', '', { title: 'changed a thousand times' })).body
      const waiting = async () => (await sql(mesh, `SELECT FROM tasks.outbox WHERE key = '${id}'`)).rowCount ?? 0
      const drain = async () => {
        sidecar.kill('SIGSTOP')
        for (let number = 0; number < 1_000; number += 10) {
          await Promise.all(
            Array.from({ length: 10 }, (_, n) => send('PATCH', `/${id}`, { title: `change ${number + n}` })),
          )
        }
        const wait = await waiting()
        const released = performance.now()
        sidecar.kill('SIGCONT')
        await eventually('they are drained', async () => (await waiting()) === 0)
        if (wait < 990) throw new Error(`only ${wait} changes waited`)
        return (performance.now() - released) / 1_000
      }
      // New processes still compile their code; the second run shows the speed of the relay.
      const seconds = [await drain(), await drain()]
      if (isTimed && Math.min(...seconds) > 6)
        throw new Error(`they drained in ${seconds.map((each) => each.toFixed(1))} s`)
    },
  },
]

const parkedPoison = `SELECT (${serviceNames
  .map((name) => `(SELECT count(*) FROM ${services[name].schema}.inbox WHERE state = 'parked')`)
  .join(' + ')})::int AS count`
