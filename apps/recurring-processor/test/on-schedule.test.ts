import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { taskCompleted } from '@taskflow/event-contracts'
import { anEvent, scrape, withinCpuTime } from '@taskflow/test-kit'
import { startRecurringProcessor } from '../testing/start-recurring-processor.ts'
import { startWithUser } from '../testing/start-with-user.ts'

const start = async (t: TestContext, input: object) => {
  const { clock, service, create, dueDates } = await startWithUser(t, '2026-01-01T08:00:00Z')
  await create({ due_date: '2026-01-01T09:00:00Z', recurrence_rule: 'daily', recurrence_mode: 'on_schedule', ...input })
  const delivered = new Set<string>()
  const processDue = async () => {
    await service.app.loops.find((loop) => loop.name === 'due series')?.processDue()
  }
  return {
    clock,
    service,
    dueDates,
    processDue,
    /** Creates the tasks that are due and delivers the events announced since the last call, twice. */
    run: async () => {
      await processDue()
      const announced = (await service.outbox('tasks')).filter(
        ({ event }) => event.type === 'recurring_task.due' && !delivered.has(event.id),
      )
      for (const { event } of announced) delivered.add(event.id)
      if (announced.length > 0)
        await service.deliver(
          'task-recurrence',
          announced.map(({ event }) => event),
          { times: 2 },
        )
      return announced.length
    },
  }
}

test('a series on schedule creates its task on its date, whether or not the last one is completed', async (t) => {
  const { clock, run, dueDates } = await start(t, {})
  assert.equal(await run(), 0)
  clock.set('2026-01-02T09:00:00Z')
  assert.equal(await run(), 1)
  assert.equal(await run(), 0)
  assert.deepEqual(await dueDates(), ['2026-01-01T09:00:00Z', '2026-01-02T09:00:00Z'])
})

test('after a week of downtime: one task for all missed dates, or one each, as configured', async (t) => {
  const skipping = await start(t, {})
  skipping.clock.set('2026-01-08T12:00:00Z')
  while ((await skipping.run()) > 0);
  assert.deepEqual(await skipping.dueDates(), ['2026-01-01T09:00:00Z', '2026-01-02T09:00:00Z'])
  skipping.clock.set('2026-01-09T09:00:00Z')
  await skipping.run()
  assert.equal((await skipping.dueDates()).at(-1), '2026-01-09T09:00:00Z')

  const catchingUp = await start(t, { recurrence_catch_up: 'all' })
  catchingUp.clock.set('2026-01-08T12:00:00Z')
  while ((await catchingUp.run()) > 0);
  assert.equal((await catchingUp.dueDates()).length, 8)
})

test('two replicas announce a date once', async (t) => {
  const { clock, service, dueDates, run } = await start(t, {})
  const second = await startRecurringProcessor(t, { clock }, service.database)
  clock.set('2026-01-02T09:00:00Z')
  await Promise.all(
    [service, second].map(({ app }) => app.loops.find((loop) => loop.name === 'due series')?.processDue()),
  )
  await run()
  assert.equal((await dueDates()).length, 2)
})

test('an ended series announces nothing', async (t) => {
  const { clock, run, dueDates } = await start(t, { recurrence_rule: 'FREQ=DAILY;COUNT=2' })
  clock.set('2026-02-01T00:00:00Z')
  while ((await run()) > 0);
  assert.equal((await dueDates()).length, 2)
})

test('more than fifty missed dates count as one, even with catch-up', async (t) => {
  const { clock, run, dueDates } = await start(t, { recurrence_rule: 'FREQ=HOURLY', recurrence_catch_up: 'all' })
  clock.set('2026-01-08T12:30:00Z')
  while ((await run()) > 0);
  assert.deepEqual(await dueDates(), ['2026-01-01T09:00:00Z', '2026-01-01T10:00:00Z'])
  clock.set('2026-01-08T15:30:00Z')
  while ((await run()) > 0);
  assert.deepEqual((await dueDates()).slice(2), [
    '2026-01-08T13:00:00Z',
    '2026-01-08T14:00:00Z',
    '2026-01-08T15:00:00Z',
  ])
})

test('a task with a reminder before its date is created in time for it', async (t) => {
  const { clock, run, dueDates } = await start(t, { reminders: [{ type: '24_hours_before' }] })
  clock.set('2026-01-01T08:58:00Z')
  assert.equal(await run(), 0)
  clock.set('2026-01-01T08:59:00Z')
  assert.equal(await run(), 1)
  assert.equal(await run(), 0)
  assert.deepEqual(await dueDates(), ['2026-01-01T09:00:00Z', '2026-01-02T09:00:00Z'])
})

test('without a broker the task exists on its date, caused by its announcement', async (t) => {
  const { clock, service, processDue, dueDates } = await start(t, {})
  clock.set('2026-01-02T09:00:00Z')
  await processDue()
  assert.deepEqual(await dueDates(), ['2026-01-01T09:00:00Z', '2026-01-02T09:00:00Z'])
  const [due, created, ...rest] = (await service.outbox('tasks')).slice(-2)
  assert.deepEqual(rest, [])
  assert.deepEqual([due!.topic, due!.event.type], ['task-recurrence', 'recurring_task.due'])
  assert.deepEqual([created!.topic, created!.event.type], ['task-events', 'task.created'])
  assert.equal(created!.event.causationid, due!.event.id)
  assert.equal(created!.event.correlationid, due!.event.correlationid)
})

test('a date announced by an earlier release gets its task when the event arrives', async (t) => {
  const { clock, service, processDue, dueDates } = await start(t, {})
  clock.set('2026-01-02T09:00:00Z')
  await processDue()
  const { event } = (await service.outbox('tasks')).find(({ event }) => event.type === 'recurring_task.due')!
  // The state that release left: announced, but no task yet.
  await service.database.pool.query('DELETE FROM tasks.tasks WHERE occurrence = 2')
  assert.equal((await dueDates()).length, 1)
  assert.deepEqual(await service.deliver('task-recurrence', [event], { times: 2 }), ['SUCCESS'])
  assert.deepEqual(await dueDates(), ['2026-01-01T09:00:00Z', '2026-01-02T09:00:00Z'])
})

test('a task that cannot be created delays no other, and its event creates it later', async (t) => {
  const { clock, service, create, tasks } = await startWithUser(t, '2026-01-01T08:00:00Z')
  const daily = { due_date: '2026-01-01T09:00:00Z', recurrence_rule: 'daily', recurrence_mode: 'on_schedule' }
  await create({ ...daily, title: 'Broken' })
  await create({ ...daily, title: 'Whole' })
  const made = async () => (await tasks()).filter(({ occurrence }) => occurrence === 2).map(({ title }) => title)
  await service.database.pool.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON tasks.tasks FOR EACH ROW WHEN (NEW.title = 'Broken') EXECUTE FUNCTION refuse()`)
  clock.set('2026-01-02T09:00:00Z')
  await service.app.loops.find((loop) => loop.name === 'due series')?.processDue()
  assert.deepEqual(await made(), ['Whole'])
  await service.database.pool.query('DROP TRIGGER refuse ON tasks.tasks')
  const due = (await service.outbox('tasks')).filter(({ event }) => event.type === 'recurring_task.due')
  await service.deliver(
    'task-recurrence',
    due.map(({ event }) => event),
  )
  assert.deepEqual((await made()).toSorted(), ['Broken', 'Whole'])
})

/** Saved before costs were bounded: it holds a service for hours. */
const endless = 'DTSTART:10000101T000000\nRRULE:FREQ=SECONDLY;INTERVAL=59;BYHOUR=1;BYMINUTE=59;BYSECOND=59;COUNT=10000'

test('a series whose rule costs too much makes the task that is due and no more; others go on', async (t) => {
  const { clock, service, create, tasks } = await startWithUser(t, '2026-01-01T08:00:00Z')
  const daily = { due_date: '2026-01-01T09:00:00Z', recurrence_rule: 'daily', recurrence_mode: 'on_schedule' }
  await create({ ...daily, title: 'Endless' })
  await create({ ...daily, title: 'Whole' })
  const pool = service.database.pool
  await pool.query(`UPDATE tasks.series SET rule = $1 WHERE title = 'Endless'`, [endless])
  for (const day of ['2026-01-02', '2026-01-03']) {
    clock.set(`${day}T09:00:00Z`)
    await withinCpuTime(2_000, () => service.app.loops.find((loop) => loop.name === 'due series')?.processDue())
  }
  const titles = (await tasks()).map(({ title, occurrence }) => `${title} ${occurrence}`)
  assert.deepEqual(titles.toSorted(), ['Endless 1', 'Endless 2', 'Whole 1', 'Whole 2', 'Whole 3'])
  const { rows } = await pool.query('SELECT title FROM tasks.series WHERE next_occurrence IS NULL')
  assert.deepEqual(rows, [{ title: 'Endless' }])
})

test('on completion no task follows either, and the event is done with', async (t) => {
  const { service, create, complete, tasks } = await startWithUser(t, '2026-01-01T08:00:00Z')
  await create({ due_date: '2026-01-01T09:00:00Z', recurrence_rule: 'daily' })
  await service.database.pool.query('UPDATE tasks.series SET rule = $1', [endless])
  const [task] = await tasks()
  const event = anEvent(taskCompleted, { task: await complete(task!.id), changed: {} })
  const deliver = () => service.deliver('task-recurrence', [event], { times: 2 })
  assert.deepEqual(await withinCpuTime(2_000, deliver), ['SUCCESS'])
  assert.equal((await tasks()).length, 1)
})

test('the schedule makes so many tasks a day for a person, at all replicas together; those due later are not lost', async (t) => {
  const { clock, service, create, tasks } = await startWithUser(t, '2026-01-01T08:00:00Z', {
    occurrenceLimits: { perDay: 3, open_tasks: 0 },
  })
  const daily = { due_date: '2026-01-01T09:00:00Z', recurrence_rule: 'daily', recurrence_mode: 'on_schedule' }
  for (const title of ['A', 'B', 'C', 'D', 'E']) await create({ ...daily, title })
  const run = () => service.app.loops.find((loop) => loop.name === 'due series')?.processDue()
  clock.set('2026-01-02T09:00:00Z')
  await Promise.all([run(), run()])
  assert.equal((await tasks()).length, 5 + 3)
  // An hour later it is still the same day, and the next day it is not.
  clock.set('2026-01-02T10:00:00Z')
  await run()
  assert.equal((await tasks()).length, 5 + 3)
  clock.set('2026-01-03T08:30:00Z')
  await run()
  assert.equal((await tasks()).length, 5 + 5)
  assert.ok((await scrape(service.url))('taskflow_occurrences_put_off_total')! > 0)
})

test('the schedule makes no task for a person who has too many open ones', async (t) => {
  const { clock, service, create, complete, tasks } = await startWithUser(t, '2026-01-01T08:00:00Z', {
    occurrenceLimits: { perDay: 0, open_tasks: 1 },
  })
  await create({ due_date: '2026-01-01T09:00:00Z', recurrence_rule: 'daily', recurrence_mode: 'on_schedule' })
  const run = () => service.app.loops.find((loop) => loop.name === 'due series')?.processDue()
  clock.set('2026-01-02T09:00:00Z')
  await run()
  const [first, ...others] = await tasks()
  assert.deepEqual(others, [])
  await complete(first!.id)
  clock.set('2026-01-02T10:00:00Z')
  await run()
  assert.equal((await tasks()).length, 2)
})
