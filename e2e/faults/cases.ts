import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Mesh } from '@taskflow/local-mesh'
import { serviceNames, services } from '@taskflow/service-kit'
import { eventuallyWithin } from '@taskflow/test-kit'
import { brokerCases } from './broker-cases.ts'
import { withClient } from './checks.ts'
import { consumers } from './consumers.ts'
import { diskCases } from './disk-cases.ts'
import { eventCases } from './event-cases.ts'
import type { FaultCase } from './fault-case.ts'
import { person, sabotage, sql, startReplicas } from './helpers.ts'
import { hostCases } from './host-cases.ts'
import { killBefore, killBetweenPublishAndDelete, killInside } from './kill-in-transaction.ts'
import { redeliver } from './redeliver.ts'
import { systemicCases } from './systemic-cases.ts'

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

/** The connection that holds the lock of the relay of tasks.outbox. */
const relayHolder = async (mesh: Mesh): Promise<number | undefined> => {
  const { rows } = await sql(
    mesh,
    `SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND granted AND application_name = 'relay tasks'`,
  )
  return rows[0]?.pid
}

export const cases: FaultCase[] = [
  { name: 'nothing happens', quick: true, inject: () => delay(2_000) },
  ...serviceNames.map(
    (name): FaultCase => ({
      name: `kill -9 of ${name} before, during and after its transaction`,
      ...(name === 'notification-service' ? { repeatsMails: true } : {}),
      // When it has started, reminders wait 10 s for events that change them.
      ...(name === 'reminder-service' ? { recoversWithin: 30 } : {}),
      ...(name === 'audit-logger' ? { quick: true } : {}),
      inject: async (mesh) => {
        await killBefore(mesh, name)
        await delay(2_000)
        await killInside(mesh, name, 'during')
        await delay(2_000)
        await killInside(mesh, name, 'after')
        await delay(2_000)
      },
    }),
  ),
  {
    name: 'kill -9 of chat-api between COMMIT and answer, three times',
    quick: true,
    inject: async (mesh) => {
      for (let time = 0; time < 3; time++) {
        await killInside(mesh, 'chat-api', 'after', 'tasks.tasks')
        await delay(3_000)
      }
    },
  },
  {
    name: 'kill -9 of chat-api between publishing and deleting, three times',
    quick: true,
    inject: async (mesh) => {
      for (let time = 0; time < 3; time++) {
        await killBetweenPublishAndDelete(mesh, 'chat-api')
        await delay(3_000)
      }
    },
  },
  ...serviceNames.map(
    (name): FaultCase => ({
      name: `kill -9 of the sidecar of ${name}`,
      ...(name === 'chat-api' ? { quick: true } : {}),
      inject: async (mesh) => {
        await delay(2_000)
        mesh.members[name].sidecar.kill('SIGKILL')
        await delay(7_000)
      },
    }),
  ),
  {
    name: 'a sidecar that asks for its subscriptions while the port of its service belongs to another process',
    inject: async (mesh) => {
      const { app, sidecar, url } = mesh.members['reminder-service']
      const asked = Promise.withResolvers<void>()
      const stranger = createServer((request, response) => {
        if (request.url === '/dapr/subscribe') asked.resolve()
        response.writeHead(404).end()
      })
      const exits = app.exits.length
      app.kill('SIGKILL')
      while (app.exits.length === exits) await delay(1)
      await new Promise<void>((resolve) => stranger.listen(Number(new URL(url).port), '127.0.0.1', resolve))
      sidecar.kill('SIGKILL')
      await asked.promise
      stranger.close()
      stranger.closeAllConnections()
      await eventually(
        'reminder-service is ready again',
        async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.ok,
      )
    },
  },
  {
    name: 'SIGTERM of every service',
    quick: true,
    inject: async ({ members }) => {
      for (const name of serviceNames) {
        await delay(1_000)
        const { app } = members[name]
        const before = app.exits.length
        const signalled = performance.now()
        app.kill('SIGTERM')
        while (app.exits.length === before) {
          if (performance.now() - signalled > 15_000) throw new Error(`${name} did not end within 15 s of SIGTERM`)
          await delay(50)
        }
        const exit = app.exits.at(-1)
        if (exit?.code !== 0) throw new Error(`${name} did not exit with 0 but ${JSON.stringify(exit)}`)
      }
    },
  },
  {
    name: 'kill -9 of the broker',
    quick: true,
    inject: async ({ broker }) => {
      broker.kill('SIGKILL')
      await broker.gone()
      await broker.start()
      await delay(5_000)
    },
  },
  {
    name: 'the broker away for 20 s',
    inject: async ({ broker }) => {
      broker.kill('SIGTERM')
      await broker.gone()
      await delay(20_000)
      await broker.start()
      await delay(5_000)
    },
  },
  {
    name: 'the broker frozen for 20 s',
    inject: async ({ broker }) => {
      broker.kill('SIGSTOP')
      await delay(20_000)
      broker.kill('SIGCONT')
      await delay(5_000)
    },
  },
  {
    name: 'Postgres restarted',
    quick: true,
    inject: async ({ database }) => {
      database.kill('SIGINT')
      await database.gone()
      await database.start()
      await delay(3_000)
    },
  },
  {
    name: 'kill -9 of Postgres',
    inject: async ({ database }) => {
      database.kill('SIGQUIT')
      await database.gone()
      await database.start()
      await delay(3_000)
    },
  },
  {
    name: 'every database connection cut, those of the relays too, five times',
    quick: true,
    inject: async (mesh) => {
      const exits = () => serviceNames.flatMap((name) => mesh.members[name].app.exits).length
      const before = exits()
      for (let time = 0; time < 5; time++) {
        await sql(mesh, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'taskflow\\_%'`)
        await delay(800)
      }
      if (exits() > before) throw new Error('a cut connection ended a service')
    },
  },
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
  {
    name: 'two replicas of every service, kill -9 of the first ones; the relay is taken over within 2 s',
    repeatsMails: true,
    inject: async (mesh, load) => {
      const single = await startReplicas(mesh, load)
      const before = await relayHolder(mesh)
      for (const name of serviceNames) {
        mesh.members[name].app.kill('SIGKILL')
        if (name === 'chat-api') {
          const killed = performance.now()
          await eventually('another replica has the relay', async () => {
            const holder = await relayHolder(mesh)
            return holder !== undefined && holder !== before
          })
          const seconds = (performance.now() - killed) / 1_000
          if (seconds > 2) throw new Error(`the relay was taken over after ${seconds.toFixed(1)} s`)
        }
        await delay(1_500)
      }
      await single()
    },
  },
  {
    name: 'SIGSTOP of every service for 30 s with a second replica running',
    inject: async (mesh, load) => {
      const single = await startReplicas(mesh, load)
      const holder = await relayHolder(mesh)
      for (const name of serviceNames) mesh.members[name].app.kill('SIGSTOP')
      await delay(30_000)
      const now = await relayHolder(mesh)
      for (const name of serviceNames) mesh.members[name].app.kill('SIGCONT')
      if (now === undefined || now === holder) throw new Error('a frozen replica kept the relay')
      await delay(2_000)
      await single()
    },
  },
  {
    name: 'everything killed, and back in the wrong order: a minute without database and broker',
    repeatsMails: true,
    inject: async ({ members, broker, database }) => {
      await delay(2_000)
      broker.kill('SIGKILL')
      database.kill('SIGQUIT')
      await Promise.all([broker.gone(), database.gone()])
      for (const name of serviceNames) {
        members[name].app.kill('SIGKILL')
        members[name].sidecar.kill('SIGKILL')
      }
      await delay(60_000)
      for (const name of serviceNames) {
        const answer = await fetch(`${members[name].url}/readyz`)
        if (answer.status !== 503) throw new Error(`${name} reports ready without database and broker`)
      }
      await broker.start()
      await delay(3_000)
      await database.start()
    },
  },
  ...eventCases,
  ...systemicCases,
  ...hostCases,
  ...diskCases,
  ...brokerCases,
]

const parkedPoison = `SELECT (${serviceNames
  .map((name) => `(SELECT count(*) FROM ${services[name].schema}.inbox WHERE state = 'parked')`)
  .join(' + ')})::int AS count`
