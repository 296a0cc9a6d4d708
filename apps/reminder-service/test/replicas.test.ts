import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { taskCreated } from '@taskflow/event-contracts'
import { type BulkEntry, type Clock, createDatabaseClock, type Sidecar, systemClock } from '@taskflow/service-kit'
import { anEvent, aReminder, aTask, fakeClock, type TestDatabase, testDatabase } from '@taskflow/test-kit'
import { startReminderService } from '../testing/start-reminder-service.ts'

/** A replica with its relay and loops running; `published` holds the ids of the reminders it published. */
const startReplica = async (t: TestContext, clock: Clock, database: TestDatabase) => {
  const published: string[] = []
  let wanted = { count: Number.POSITIVE_INFINITY, done: Promise.withResolvers<void>() }
  const sidecar: Sidecar = {
    publish: async (_topic, entries: BulkEntry[]) => {
      published.push(...entries.map(({ event }) => JSON.parse(event).data.reminder.id))
      if (published.length >= wanted.count) wanted.done.resolve()
      return { ok: true, failed: new Map() }
    },
    invoke: () => Promise.reject(new Error('nobody is asked')),
    problemWith: async () => undefined,
    shutDown: async () => {},
    metadata: async () => ({ id: '', runtimeVersion: '', components: [], subscriptions: [] }),
    close: async () => {},
  }
  const ends: (() => unknown)[] = []
  const stop = async () => {
    for (const end of ends.splice(0)) await end()
  }
  t.after(stop)
  const service = await startReminderService(
    { after: (end) => ends.push(end as () => unknown) },
    { clock, sidecar },
    database,
  )
  service.app.work()
  return {
    ...service,
    published,
    stop,
    untilPublished: (count: number) => {
      wanted = { count, done: Promise.withResolvers() }
      if (published.length >= count) wanted.done.resolve()
      return wanted.done.promise
    },
    /** Resolves when the replica receives notifications of the others. */
    untilListening: async () => {
      const listens = `SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'listen reminders_schedule' AND query LIKE 'LISTEN%' AND state = 'idle'`
      while ((await database.pool.query(listens)).rowCount === 0) await delay(10)
    },
  }
}

const remindedAt = (at: string) => {
  const task = aTask({ due_date: at, reminders: [aReminder({ at, type: 'at' })] })
  return { task, reminder: task.reminders[0]!.id, event: anEvent(taskCreated, { task }) }
}

test('a reminder scheduled by one replica fires on time in the other when the first one stops', async (t) => {
  const database = await testDatabase(t)
  const second = await startReplica(t, systemClock, database)
  await second.untilListening()
  const first = await startReplica(t, systemClock, database)
  const due = Date.now() + 1_000
  const { reminder, event } = remindedAt(new Date(due).toISOString())
  const fired = second.untilPublished(1)
  await first.deliver('task-events', [event])
  await first.stop()
  await Promise.race([fired, delay(20_000, undefined, { ref: false })])
  assert.deepEqual([first.published, second.published], [[], [reminder]])
  assert.ok(Date.now() - due < 20_000, 'not only at the next poll, after 30 s')
})

test('10,000 reminders due at once are published exactly once each by two replicas', async (t) => {
  const count = 10_000
  const at = '2026-03-01T09:00:00Z'
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const database = await testDatabase(t)
  const first = await startReplica(t, clock, database)
  const second = await startReplica(t, clock, database)
  const reminders = Array.from({ length: count }, () => remindedAt(at))
  for (let from = 0; from < count; from += 500)
    await first.deliver(
      'task-events',
      reminders.slice(from, from + 500).map(({ event }) => event),
    )
  clock.set(at)
  first.deps.dueReminders.wake()
  // One of them holds the relay's lock.
  await Promise.race([first.untilPublished(count), second.untilPublished(count)])
  await Promise.all([first.stop(), second.stop()])
  const published = [...first.published, ...second.published]
  assert.equal(published.length, count)
  assert.deepEqual(published.toSorted(), reminders.map(({ reminder }) => reminder).toSorted())
  const { rows } = await database.pool.query('SELECT FROM reminders.outbox')
  assert.equal(rows.length, 0)
})

test('a replica whose clock is two minutes ahead fires no reminder early', async (t) => {
  const ahead = createDatabaseClock({ now: () => systemClock.now().add({ minutes: 2 }) })
  const service = await startReminderService(t, { clock: ahead })
  const [soon, due] = [90, -1].map((seconds) => remindedAt(systemClock.now().add({ seconds }).toString()))
  await service.deliver('task-events', [soon!.event, due!.event])
  // What was due before it started waits until all events have come.
  t.mock.method(service.deps.catchUp, 'until', () => systemClock.now().subtract({ minutes: 1 }))
  await service.deps.dueReminders.processDue()
  const fired = await service.outbox('reminders')
  assert.deepEqual(
    fired.map(({ event }) => (event.data.reminder as { id: string }).id),
    [due!.reminder],
  )
})
