import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { reminderDue, reminderFailed, reminderSent } from '@taskflow/event-contracts'
import { anEvent, fakeClock } from '@taskflow/test-kit'
import { startChatApi } from '../../testing/start-chat-api.ts'

test('a task shows the state of its reminders; a state never goes back', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  const input = {
    title: 'Rent',
    due_date: '2031-01-31T09:00:00Z',
    reminders: [{ type: '1_hour_before' }, { type: '24_hours_before' }],
  }
  const { body: task } = await ada.post('/api/v1/tasks', input)
  const [first, second] = task.reminders
  const about = { key: task.id, user_id: ada.id }
  const { id, title, description, priority, due_date, time_zone } = task
  const due = (reminder: { id: string; type: '1_hour_before'; at: string }) =>
    anEvent(
      reminderDue,
      {
        reminder: { id: reminder.id, type: reminder.type, at: reminder.at },
        task: { id, title, description, priority, due_date, due_on: null, time_zone },
        late: false,
      },
      about,
    )
  const outcome = { task_id: task.id, channel: 'email' as const }
  const sent = anEvent(
    reminderSent,
    { ...outcome, reminder_id: first.id, message_id: '<1@x>', sent_at: '2031-01-31T08:00:00Z' },
    about,
  )
  const failed = anEvent(
    reminderFailed,
    { ...outcome, reminder_id: second.id, reason: '550' },
    { ...about, time: '2031-01-31T08:00:00Z' },
  )
  const states = async () =>
    (await ada.get(`/api/v1/tasks/${task.id}`)).body.reminders.map((each: { state: string }) => each.state)

  await service.deliver('task-reminders', [due(first)])
  assert.deepEqual(await states(), ['due', 'pending'])
  await service.deliver('task-reminders', [sent, failed, due(first), due(second)])
  assert.deepEqual(await states(), ['sent', 'failed'])
  assert.equal(
    (await ada.get(`/api/v1/tasks/${task.id}`)).body.version,
    1,
    'no new version: the task itself is unchanged',
  )
})

test('a snoozed reminder stays snoozed through task changes and late events of the earlier firing', async (t) => {
  const { service, signup } = await startChatApi(t, { clock: fakeClock('2031-01-31T08:00:00Z') })
  const ada = await signup()
  const { body: task } = await ada.post('/api/v1/tasks', {
    title: 'Rent',
    due_date: '2031-01-31T09:00:00Z',
    reminders: [{ type: '1_hour_before' }],
  })
  const [{ id: reminder_id }] = task.reminders
  const snoozed = await ada.post(`/api/v1/tasks/${task.id}/reminders/${reminder_id}/snooze`, { for: 'PT2H' })
  const payload = { reminder_id, task_id: task.id, channel: 'email' as const, message_id: '<1@x>' }
  const late = anEvent(
    reminderSent,
    { ...payload, sent_at: '2031-01-31T08:00:05Z' },
    { key: task.id, user_id: ada.id, time: '2031-01-31T08:00:05Z' },
  )
  await service.deliver('task-reminders', [late])
  const { body: changed } = await ada.patch(`/api/v1/tasks/${task.id}`, { title: 'Rent, now' })
  assert.deepEqual(changed.reminders, snoozed.body.reminders)
  const { body: moved } = await ada.patch(`/api/v1/tasks/${task.id}`, { due_date: '2031-02-28T09:00:00Z' })
  assert.equal(moved.reminders[0].at, '2031-02-28T08:00:00Z')
})

test('a reminder whose mail was in flight when its task was completed is sent', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  const { body: task } = await ada.post('/api/v1/tasks', {
    title: 'Rent',
    due_date: '2031-01-31T09:00:00Z',
    reminders: [{ type: '1_hour_before' }],
  })
  await ada.post(`/api/v1/tasks/${task.id}/complete`)
  const payload = {
    reminder_id: task.reminders[0].id,
    task_id: task.id,
    channel: 'email' as const,
    message_id: '<1@x>',
    sent_at: '2031-01-31T08:00:00Z',
  }
  await service.deliver('task-reminders', [anEvent(reminderSent, payload, { key: task.id, user_id: ada.id })])
  assert.equal((await ada.get(`/api/v1/tasks/${task.id}`)).body.reminders[0].state, 'sent')
})

test('a reminder is sent once the first channel accepts it; a failure shows only while none has', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  const input = {
    title: 'Rent',
    reminders: ['08:00', '09:00'].map((time) => ({ type: 'at', at: `2031-01-31T${time}:00Z` })),
  }
  const { body: task } = await ada.post('/api/v1/tasks', input)
  const about = { key: task.id, user_id: ada.id, time: '2031-01-31T09:00:05Z' }
  const [first, second] = task.reminders.map(({ id }: { id: string }) => ({ reminder_id: id, task_id: task.id }))
  const sentBy = (reminder: typeof first, channel: 'email' | 'webhook') =>
    anEvent(reminderSent, { ...reminder, channel, message_id: '<1@x>', sent_at: about.time }, about)
  const failedBy = (reminder: typeof first, channel: 'email' | 'webhook') =>
    anEvent(reminderFailed, { ...reminder, channel, reason: 'answered 404' }, about)
  const states = async () =>
    (await ada.get(`/api/v1/tasks/${task.id}`)).body.reminders.map((each: { state: string }) => each.state)

  await service.deliver('task-reminders', [failedBy(first, 'webhook'), sentBy(second, 'email')])
  assert.deepEqual(await states(), ['failed', 'sent'])
  await service.deliver('task-reminders', [sentBy(first, 'email'), failedBy(second, 'webhook')])
  assert.deepEqual(await states(), ['sent', 'sent'])
})

test('two replicas take batches of reminders of the same people in opposite order', async (t) => {
  const { service } = await startChatApi(t)
  const users = Array.from({ length: 40 }, () => randomUUID())
  const failed = (user_id: string) => {
    const about = { reminder_id: randomUUID(), task_id: randomUUID(), channel: 'email' as const, reason: '550' }
    return anEvent(reminderFailed, about, { user_id })
  }
  const [one, other] = [users.toSorted(), users.toSorted().toReversed()].map((each) => each.map(failed))
  for (let round = 0; round < 3; round++) {
    const statuses = await Promise.all([
      service.deliver('task-reminders', one!.map(again), { from: { partition: 0, offset: round * 100 } }),
      service.deliver('task-reminders', other!.map(again), { from: { partition: 1, offset: round * 100 } }),
    ])
    assert.deepEqual([...new Set(statuses.flat())], ['SUCCESS'])
  }
  const { rows } = await service.database.pool.query('SELECT count(*)::int AS stored FROM tasks.feed')
  assert.deepEqual(rows, [{ stored: 240 }])
})

const again = <Event extends { id: string }>(event: Event): Event => ({ ...event, id: randomUUID() })
