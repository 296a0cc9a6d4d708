import { setTimeout as delay } from 'node:timers/promises'
import { type ServiceName, serviceNames, services } from '@taskflow/service-kit'
import { eventuallyWithin } from '@taskflow/test-kit'
import { consumers } from './consumers.ts'
import type { FaultCase } from './fault-case.ts'
import type { FaultMesh } from './fault-mesh.ts'
import { heldEvents, operate, person, retryNow, sabotage, sql } from './helpers.ts'

const eventually = eventuallyWithin(60)

const untilHeld = (mesh: FaultMesh, name: ServiceName, key: string, count: number) =>
  eventually(`${name} holds ${count} events`, async () => (await heldEvents(mesh, name, key)).length === count)

/** Retries the events of a key until none is deferred. */
const retryUntilSettled = (mesh: FaultMesh, name: ServiceName, key: string) =>
  eventually(`no event of the key is deferred at ${name}`, async () => {
    await retryNow(mesh, name, key)
    return (await heldEvents(mesh, name, key)).every(({ state }) => state === 'parked')
  })

/** They wait for single events, not for a backlog. */
const light = { people: 10, rate: 60 }

/** Redrives all parked events of a service. */
const redriveAll = async (mesh: FaultMesh, name: ServiceName): Promise<void> => {
  const as_of = new Date(Date.now() + 1_000).toISOString()
  for (let left = 1; left > 0; ) ({ left } = (await operate(mesh, name, 'redrive', { matching: { as_of } })) as never)
}

/** Events that fail, each for a reason of its own, and what operators do about them. */
export const eventCases: FaultCase[] = (
  [
    {
      name: 'two hundred changes of one task, ten at the same moment',
      inject: async (mesh) => {
        const send = await person(mesh, 'together')
        const { id } = (await send('POST', '', { title: 'changed by several at once' })).body
        for (let round = 0; round < 20; round++) {
          const changes = Array.from({ length: 10 }, (_, n) => send('PATCH', `/${id}`, { title: `${round}/${n}` }))
          await Promise.all(changes)
        }
        const { rows } = await sql(mesh, `SELECT version FROM tasks.tasks WHERE id = '${id}'`)
        if (rows[0].version !== 201) throw new Error(`after 200 changes, its version is ${rows[0].version}`)
      },
    },
    {
      name: 'an event that no broker takes, because of its size',
      inject: async (mesh) => {
        const key = `too-large-${Date.now()}`
        await sql(
          mesh,
          // It is not of this system: nobody is expected to handle it.
          `ALTER TABLE tasks.outbox DISABLE TRIGGER watch;
           INSERT INTO tasks.outbox (event_id, topic, key, event)
             VALUES (gen_random_uuid(), 'task-events', '${key}', repeat('x', 1_100_000));
           ALTER TABLE tasks.outbox ENABLE TRIGGER watch`,
        )
        const setAside = `SELECT FROM tasks.outbox_rejected WHERE key = '${key}'`
        await eventually('it is set aside', async () => (await sql(mesh, setAside)).rowCount === 1)
        await sql(mesh, `DELETE FROM tasks.outbox_rejected WHERE key = '${key}'`)
      },
    },
    {
      name: 'an event fails at audit-logger: the later ones of its key wait behind it',
      inject: async (mesh) => {
        const send = await person(mesh, 'behind')
        const { id } = (await send('POST', '', { title: 'fails when it is changed' })).body
        const repair = await sabotage(
          mesh,
          `NEW.task_id = '${id}' AND NEW.type = 'task.updated'`,
          `RAISE EXCEPTION 'sabotaged'`,
          'audit.events',
        )
        await send('PATCH', `/${id}`, { priority: 'high' })
        await untilHeld(mesh, 'audit-logger', id, 1)
        await send('POST', `/${id}/complete`, {})
        // Long enough for the loop, which must not take the later one first.
        await delay(3_000)
        await repair()
        await retryUntilSettled(mesh, 'audit-logger', id)
      },
    },
    {
      name: 'events that never succeed are parked after five attempts, and redriven in their order',
      inject: async (mesh) => {
        const send = await person(mesh, 'parked')
        const { id } = (await send('POST', '', { title: 'parked' })).body
        const own = `NEW.task_id = '${id}' AND NEW.type = 'task.updated'`
        const repair = await sabotage(mesh, own, `RAISE EXCEPTION 'sabotaged'`, 'audit.events')
        for (const priority of ['high', 'low', 'medium']) await send('PATCH', `/${id}`, { priority })
        await untilHeld(mesh, 'audit-logger', id, 3)
        await retryUntilSettled(mesh, 'audit-logger', id)
        const held = await heldEvents(mesh, 'audit-logger', id)
        const announced = await sql(mesh, `SELECT FROM watch.events WHERE type = 'dead_letter.parked'`)
        await repair()
        await redriveAll(mesh, 'audit-logger')
        if (held.length !== 3 || held.some(({ attempts }) => attempts !== 5))
          throw new Error(`three events should be parked after 5 attempts, not ${JSON.stringify(held)}`)
        if ((announced.rowCount ?? 0) < 3) throw new Error(`${announced.rowCount} parked events were announced`)
      },
    },
    {
      name: 'an event is redriven after a later one of its key was handled',
      inject: async (mesh) => {
        const repair = await sabotage(mesh, `NEW.title = 'redriven late'`, `RAISE EXCEPTION 'sabotaged'`)
        const send = await person(mesh, 'late')
        const { id } = (await send('POST', '', { title: 'in time' })).body
        await send('PATCH', `/${id}`, { title: 'redriven late' })
        await untilHeld(mesh, 'reminder-service', id, 1)
        await retryUntilSettled(mesh, 'reminder-service', id)
        await send('PATCH', `/${id}`, { title: 'newest' })
        const newest = `SELECT FROM reminders.tasks WHERE id = '${id}' AND title = 'newest'`
        await eventually('the later one is handled', async () => (await sql(mesh, newest)).rowCount === 1)
        await repair()
        await redriveAll(mesh, 'reminder-service')
      },
    },
    {
      name: 'a fault of the service at one key: no attempt is counted',
      inject: async (mesh) => {
        const fault = `RAISE EXCEPTION 'sabotaged' USING ERRCODE = 'insufficient_privilege'`
        const repair = await sabotage(mesh, `NEW.title = 'not its fault'`, fault)
        const send = await person(mesh, 'fault')
        const { id } = (await send('POST', '', { title: 'not its fault' })).body
        await untilHeld(mesh, 'reminder-service', id, 1)
        for (let time = 0; time < 8; time++) {
          await retryNow(mesh, 'reminder-service', id)
          await delay(500)
        }
        const held = await heldEvents(mesh, 'reminder-service', id)
        await repair()
        await retryUntilSettled(mesh, 'reminder-service', id)
        if (held[0]?.state !== 'deferred' || held[0].attempts !== 0)
          throw new Error(`attempts were counted: ${JSON.stringify(held)}`)
      },
    },
    {
      name: 'an operator pauses a subscription for 10 s',
      inject: async (mesh) => {
        const handled = async () =>
          (await sql(mesh, `SELECT count(*)::int AS count FROM reminders.inbox WHERE topic = 'task-events'`)).rows[0]
            .count
        await operate(mesh, 'reminder-service', 'pause', { topic: 'task-events', note: 'a fault case' })
        // What is being handled, and what is known for a second.
        await delay(2_000)
        const before = await handled()
        await delay(8_000)
        const after = await handled()
        await operate(mesh, 'reminder-service', 'resume', { topic: 'task-events', minutes: 0 })
        if (after > before) throw new Error(`${after - before} events were handled while it was paused`)
      },
    },
    {
      name: 'an event of a newer release waits for the replica that knows it',
      inject: async (mesh) => {
        const { sidecarUrl, daprApiToken } = mesh.members['chat-api']
        const key = `newer-${Date.now()}`
        const event = { specversion: '1.0', id: key, type: 'task.archived', source: '/taskflow/chat-api', data: {} }
        const path = `/v1.0/publish/kafka-pubsub/task-events?metadata.rawPayload=true&metadata.partitionKey=${key}`
        const answer = await fetch(sidecarUrl + path, {
          method: 'POST',
          headers: { 'dapr-api-token': daprApiToken, 'content-type': 'text/plain' },
          body: JSON.stringify(event),
        })
        if (answer.status !== 204) throw new Error(`publishing returned ${answer.status}`)
        const readers = new Set(consumers.filter(({ topic }) => topic === 'task-events').map(({ service }) => service))
        for (const name of readers) {
          await untilHeld(mesh, name, key, 1)
          for (let time = 0; time < 6; time++) await retryNow(mesh, name, key)
        }
        await delay(2_000)
        const held = await Promise.all([...readers].map((name) => heldEvents(mesh, name, key)))
        // No replica that knows it will come.
        for (const name of serviceNames)
          await sql(mesh, `DELETE FROM ${services[name].schema}.inbox WHERE key = '${key}'`)
        const lost = held.filter(([event]) => event?.state !== 'deferred')
        if (lost.length > 0) throw new Error(`it did not wait: ${JSON.stringify(held)}`)
      },
    },
    {
      name: 'the completion of a recurring task is lost: its next one is made in the background',
      inject: async (mesh, { acknowledged }) => {
        const send = await person(mesh, 'reconciled')
        const task = { title: 'its completion is lost', recurrence_rule: 'daily', due_date: '2035-01-01T09:00:00Z' }
        const { id, series_id } = (await send('POST', '', task)).body
        await sql(
          mesh,
          `CREATE OR REPLACE FUNCTION watch.lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
         CREATE TRIGGER a_lose BEFORE INSERT ON tasks.outbox FOR EACH ROW
           WHEN (NEW.topic = 'task-recurrence' AND NEW.key = '${series_id}') EXECUTE FUNCTION watch.lose()`,
        )
        await send('POST', `/${id}/complete`, {})
        await sql(
          mesh,
          `DROP TRIGGER a_lose ON tasks.outbox;
         UPDATE tasks.series SET updated_at = now() - interval '1 hour' WHERE id = '${series_id}';
         UPDATE tasks.tasks SET completed_at = now() - interval '1 hour' WHERE id = '${id}'`,
        )
        // It looks through all series when it starts, then every five minutes.
        mesh.members['recurring-processor'].app.kill('SIGTERM')
        const next = `SELECT FROM tasks.tasks WHERE series_id = '${series_id}' AND occurrence = 2`
        await eventually('the next task exists', async () => (await sql(mesh, next)).rowCount === 1)
        acknowledged.completedSeries.add(series_id!)
      },
    },
  ] satisfies FaultCase[]
).map((each) => ({ load: light, ...each }))
