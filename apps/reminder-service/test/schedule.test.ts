import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import {
  type Task,
  taskCompleted,
  taskCreated,
  taskDeleted,
  taskReopened,
  taskUpdated,
  userDeleted,
} from '@taskflow/event-contracts'
import { anEvent, aReminder, aTask, fakeClock, type TestDatabase } from '@taskflow/test-kit'
import { startReminderService } from '../testing/start-reminder-service.ts'

const due = '2026-03-01T10:00:00Z'
const aReminded = (fields: Partial<Task> = {}) =>
  aTask({ due_date: due, reminders: [aReminder({ at: '2026-03-01T09:00:00Z' })], ...fields })

const start = async (t: TestContext, now = '2026-03-01T08:00:00Z', database?: TestDatabase) => {
  const clock = fakeClock(now)
  const service = await startReminderService(t, { clock }, database)
  return {
    clock,
    service,
    deliver: (...events: Parameters<typeof service.deliver>[1]) => service.deliver('task-events', events),
    /** Fires what is due and returns the events so far. */
    fired: async () => {
      await service.deps.dueReminders.processDue()
      return (await service.outbox('reminders')).map(
        ({ topic, key, event }) => ({ topic, key, type: event.type, ...event.data }) as never,
      ) as {
        topic: string
        key: string
        type: string
        reminder: { id: string; at: string }
        task: { title: string }
        late: boolean
      }[]
    },
  }
}

test('a reminder fires once at its time, with all that a notification needs', async (t) => {
  const { clock, deliver, fired } = await start(t)
  const task = aReminded({ title: 'Call the bank' })
  await deliver(anEvent(taskCreated, { task }))
  assert.deepEqual(await fired(), [])
  clock.set('2026-03-01T09:00:00Z')
  const [event] = await fired()
  assert.deepEqual(
    [event?.topic, event?.key, event?.type, event?.late],
    ['task-reminders', task.id, 'reminder.due', false],
  )
  assert.equal(event?.reminder.id, task.reminders[0]?.id)
  assert.equal(event?.task.title, 'Call the bank')
  clock.advance({ hours: 5 })
  assert.equal((await fired()).length, 1)
})

test('a moved due date moves the reminder, and one that has fired fires again at its new time', async (t) => {
  const { clock, deliver, fired } = await start(t)
  const task = aReminded()
  const moved = (version: number, at: string) =>
    anEvent(taskUpdated, { task: { ...task, version, reminders: [{ ...task.reminders[0]!, at }] }, changed: {} })
  await deliver(anEvent(taskCreated, { task }), moved(2, '2026-03-01T11:00:00Z'))
  clock.set('2026-03-01T10:30:00Z')
  assert.deepEqual(await fired(), [])
  clock.set('2026-03-01T11:00:00Z')
  assert.equal((await fired()).length, 1)
  await deliver(moved(3, '2026-03-01T12:00:00Z'))
  clock.set('2026-03-01T12:00:00Z')
  assert.equal((await fired()).length, 2)
  await deliver(moved(4, '2026-03-01T12:00:00Z'))
  assert.equal((await fired()).length, 2, 'an unrelated change does not remind again')
})

test('nothing fires for a completed or deleted task; reopened or restored, it fires again', async (t) => {
  const { clock, deliver, fired } = await start(t)
  const task = aReminded()
  const over = { ...task, version: 2, is_completed: true, completed_at: '2026-03-01T08:30:00Z' }
  await deliver(anEvent(taskCreated, { task }), anEvent(taskCompleted, { task: over, changed: {} }))
  const other = aReminded()
  await deliver(anEvent(taskCreated, { task: other }), anEvent(taskDeleted, { task: { ...other, version: 2 } }))
  clock.set('2026-03-01T09:00:00Z')
  assert.deepEqual(await fired(), [])
  await deliver(anEvent(taskReopened, { task: { ...task, version: 3 }, changed: {} }))
  assert.equal((await fired()).length, 1)
  await deliver(anEvent(taskUpdated, { task: { ...other, version: 3 }, changed: { deleted_at: [due, null] } }))
  assert.equal((await fired()).length, 2)
})

test('an older event that arrives late restores nothing', async (t) => {
  const { clock, deliver, fired } = await start(t)
  const task = aReminded()
  const updated = anEvent(taskUpdated, { task: { ...task, version: 2 }, changed: {} })
  await deliver(anEvent(taskDeleted, { task: { ...task, version: 3 } }), updated, anEvent(taskCreated, { task }))
  clock.set('2026-03-01T09:00:00Z')
  assert.deepEqual(await fired(), [])
})

test('after an hour of downtime, a reminder still relevant fires once, marked late; obsolete ones do not', async (t) => {
  const before = await start(t)
  const open = aReminded({ title: 'Still open' })
  const tasks = [open, aReminded(), aReminded()] as const
  await before.deliver(...tasks.map((task) => anEvent(taskCreated, { task })))

  const { clock, deliver, fired } = await start(t, '2026-03-01T10:00:00Z', before.service.database)
  assert.deepEqual(await fired(), [], 'events during the downtime are not consumed yet')
  clock.advance({ seconds: 9 })
  const time = '2026-03-01T08:30:00Z'
  const over = { ...tasks[1], version: 2, is_completed: true, completed_at: time }
  await deliver(
    anEvent(taskCompleted, { task: over, changed: {} }, { time }),
    anEvent(taskDeleted, { task: { ...tasks[2], version: 2 } }, { time }),
  )
  clock.advance({ seconds: 1 })
  assert.deepEqual(await fired(), [], 'more events may follow')
  clock.advance({ seconds: 1 })
  assert.deepEqual(
    (await fired()).map(({ task, late }) => [task.title, late]),
    [['Still open', true]],
  )
  assert.equal((await fired()).length, 1)
})

test('a reminder due after a start fires at once, whatever is still to be consumed', async (t) => {
  const before = await start(t)
  const task = aReminded({ reminders: [aReminder({ at: '2026-03-01T10:00:01Z' })] })
  await before.deliver(anEvent(taskCreated, { task: aReminded() }), anEvent(taskCreated, { task }))
  const { clock, fired } = await start(t, '2026-03-01T10:00:00Z', before.service.database)
  clock.set('2026-03-01T10:00:01Z')
  assert.deepEqual(
    (await fired()).map((event) => [event.key, event.late]),
    [[task.id, false]],
  )
})

test('two replicas fire each reminder once', async (t) => {
  const { clock, service, deliver } = await start(t)
  const second = await startReminderService(t, { clock }, service.database)
  await deliver(...Array.from({ length: 40 }, () => anEvent(taskCreated, { task: aReminded() })))
  clock.set('2026-03-01T09:00:00Z')
  await Promise.all([service.deps.dueReminders.processDue(), second.deps.dueReminders.processDue()])
  await service.deps.dueReminders.processDue()
  assert.equal((await service.outbox('reminders')).length, 40)
})

test('deleting an account removes its reminders', async (t) => {
  const { clock, service, deliver, fired } = await start(t)
  const task = aReminded()
  await deliver(anEvent(taskCreated, { task }))
  await service.deliver('user-events', [anEvent(userDeleted, {}, { user_id: task.user_id, key: task.user_id })])
  await deliver(anEvent(taskUpdated, { task: { ...task, version: 2 }, changed: {} }))
  clock.set('2026-03-01T09:00:00Z')
  assert.deepEqual(await fired(), [])
})
