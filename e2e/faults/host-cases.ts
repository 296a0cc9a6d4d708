import { setTimeout as delay } from 'node:timers/promises'
import { type ServiceName, serviceNames } from '@taskflow/service-kit'
import { eventuallyWithin } from '@taskflow/test-kit'
import { withClient } from './checks.ts'
import type { FaultCase } from './fault-case.ts'
import type { FaultMesh } from './fault-mesh.ts'
import { person, sql } from './helpers.ts'
import type { Edit } from './mutation.ts'

const eventually = eventuallyWithin(120)

/** The release after this one: it needs a migration, and writes to the column that it adds. */
const nextRelease: Edit[] = [
  {
    file: 'libs/database/src/schema-version.ts',
    from: 'journal.entries.at(-1)!',
    to: `{ tag: '9999_next-release', when: 9_999_999_999_999 }`,
  },
  {
    file: 'apps/reminder-service/src/domain/projection.ts',
    from: 'changed_at = now()',
    to: 'changed_at = now(), next_release = 1',
  },
]

/** What its migration does, which takes 20 s. */
const slowMigration = `BEGIN; SELECT pg_sleep(20);
  ALTER TABLE reminders.tasks ADD COLUMN next_release int;
  INSERT INTO kit_migrations.__drizzle_migrations (hash, created_at) VALUES ('next', 9999999999999);
  COMMIT`

const undoMigration = `DELETE FROM kit_migrations.__drizzle_migrations WHERE hash = 'next';
  ALTER TABLE reminders.tasks DROP COLUMN next_release`

/** Sixty records that no consumer can read, of about a megabyte each. */
const largeRecords = `
  SELECT gen_random_uuid() AS event_id, 'task-events' AS topic, 'large-' || n AS key,
         json_build_object('specversion', '1.0', 'id', gen_random_uuid(), 'type', 'task.exploded', 'source', '/elsewhere',
           'data', json_build_object('text', repeat('x', 1000000)))::text AS event
  FROM generate_series(1, 60) AS n`

const parkedLarge = (mesh: FaultMesh) =>
  sql(
    mesh,
    `SELECT count(*)::int AS count FROM
       (SELECT event_id, state, key FROM tasks.inbox UNION ALL SELECT event_id, state, key FROM reminders.inbox
        UNION ALL SELECT event_id, state, key FROM audit.inbox) AS i WHERE state = 'parked' AND key LIKE 'large-%'`,
  ).then(({ rows }) => rows[0].count as number)

/** Faults of a process or its machine: its loop, its clock, its memory, its release. */
export const hostCases: FaultCase[] = [
  {
    name: 'the event loop of every service blocked for 20 s',
    recoversWithin: 30,
    inject: async ({ members }) => {
      await delay(2_000)
      for (const name of serviceNames) members[name].app.kill('SIGUSR2')
      await delay(22_000)
    },
  },
  {
    name: 'the clocks of reminder-service and notification-service two minutes ahead, beside replicas on time',
    load: { people: 10, rate: 60 },
    inject: async (mesh) => {
      const names: ServiceName[] = ['reminder-service', 'notification-service']
      const ahead = { FAULTS_CLOCK_AHEAD: '120000' }
      const replicas = await Promise.all(names.map((name) => mesh.addReplica(name, ahead)))
      const send = await person(mesh, 'clock')
      const due = Date.now() + 15_000
      for (let number = 0; number < 10; number++) {
        const reminders = [{ type: 'at', at: new Date(due + number * 500).toISOString() }]
        await send('POST', '', { title: `due at ${number}`, reminders })
      }
      // Mails in flight are claimed by one replica, for two minutes by a clock of which the other is ahead.
      mesh.mailbox.kill('SIGSTOP')
      await delay(8_000)
      mesh.mailbox.kill('SIGCONT')
      await delay(due + 8_000 - Date.now())
      await Promise.all(replicas.map(({ stop }) => stop()))
    },
  },
  {
    name: 'a migration slower than the roll-out of the release that needs it',
    recoversWithin: 30,
    inject: async (mesh) => {
      let isMigrated = false
      const env = { FAULTS_MUTATION: JSON.stringify([...mesh.edits, ...nextRelease]) }
      const migrating = withClient(mesh.databaseUrl, (client) => client.query(slowMigration)).then(() => {
        isMigrated = true
      })
      const early: string[] = []
      const joining = serviceNames.map(async (name) => {
        const replica = await mesh.addReplica(name, env)
        if (!isMigrated) early.push(name)
        return replica
      })
      const replicas = await Promise.all(joining)
      await migrating
      // The new release handles events beside the old one.
      await delay(5_000)
      const { rowCount } = await sql(mesh, 'SELECT FROM reminders.tasks WHERE next_release = 1 LIMIT 1')
      await Promise.all(replicas.map(({ stop }) => stop()))
      await sql(mesh, undoMigration)
      if (early.length > 0) throw new Error(`${early.join(', ')} was ready before its migration`)
      if (rowCount === 0) throw new Error('the new release of reminder-service handled nothing')
    },
  },
  {
    name: 'large events: changes of the longest tasks and records of a megabyte, all at once',
    recoversWithin: 60,
    load: { people: 5, rate: 20 },
    inject: async (mesh) => {
      const before = await parkedLarge(mesh)
      mesh.broker.kill('SIGTERM')
      await mesh.broker.gone()
      const send = await person(mesh, 'large')
      // An event of a change has the text three times: as it is, before and after.
      const text = (word: string) => word.repeat(10_000)
      for (let round = 0; round < 50; round++) {
        const tasks = Array.from({ length: 20 }, (_, number) => `large ${round}/${number}`)
        const create = tasks.map((title) => ({ action: 'create', task: { title, description: text('前') } }))
        const { body } = await send('POST', '/bulk', { operations: create })
        const { results } = body as unknown as { results: { task: { id: string } }[] }
        const changes = { description: text('後') }
        const update = results.map(({ task }) => ({ action: 'update', id: task.id, changes }))
        const { status } = await send('POST', '/bulk', { operations: update })
        if (status !== 200) throw new Error(`changing large tasks returned ${status}`)
      }
      // They are not of this system: nobody is expected to handle them.
      await sql(
        mesh,
        `ALTER TABLE tasks.outbox DISABLE TRIGGER watch;
         INSERT INTO tasks.outbox (event_id, topic, key, event) ${largeRecords};
         ALTER TABLE tasks.outbox ENABLE TRIGGER watch`,
      )
      await mesh.broker.start()
      await eventually('the large records are parked', async () => (await parkedLarge(mesh)) - before === 180)
      for (const schema of ['tasks', 'reminders', 'audit'])
        await sql(mesh, `DELETE FROM ${schema}.inbox WHERE state = 'parked' AND key LIKE 'large-%'`)
    },
  },
]
