import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startChatApi } from '@taskflow/chat-api/testing/start-chat-api'
import { startReminderService } from '@taskflow/reminder-service/testing/start-reminder-service'
import { fakeClock } from '@taskflow/test-kit'

const start = async (t: Parameters<typeof startChatApi>[0], now = '2026-03-28T19:00:00Z') => {
  const clock = fakeClock(now)
  const { service, signup, anonymous } = await startChatApi(t, { clock })
  const ada = await signup({ time_zone: 'Europe/Berlin' })
  const { body: task } = await ada.post('/api/v1/tasks', {
    title: 'Rent',
    due_date: '2026-03-28T20:00:00Z',
    reminders: [{ type: '1_hour_before' }, { type: '24_hours_before' }],
  })
  const reminder = `/api/v1/tasks/${task.id}/reminders/${task.reminders[0].id}`
  const updates = async () => (await service.outbox('tasks')).filter(({ event }) => event.type === 'task.updated')
  return { clock, service, signup, anonymous, ada, task, reminder, updates }
}

test('snoozing makes a reminder pending for the new time and publishes one event', async (t) => {
  const { service, ada, task, reminder, updates } = await start(t)
  await service.database.pool.query(`UPDATE tasks.reminders SET state = 'sent'`)
  const { status, body, headers } = await ada.post(`${reminder}/snooze`, { for: 'PT10M' })
  assert.equal(status, 200)
  assert.deepEqual([body.version, headers.get('etag')], [2, '"2"'])
  assert.deepEqual(body.reminders[0], { ...task.reminders[0], at: '2026-03-28T19:10:00Z', state: 'pending' })
  assert.equal(body.reminders[1].state, 'sent')
  const [update] = await updates()
  assert.deepEqual(update?.event.data.task, body)
  assert.deepEqual(Object.keys(update?.event.data.changed as object), ['reminders'])
  // A day is a calendar day in the task's zone: the clock goes forward that night.
  const tomorrow = await ada.post(`${reminder}/snooze`, { for: 'P1D' })
  assert.equal(tomorrow.body.reminders[0].at, '2026-03-29T18:00:00Z')
  const until = await ada.post(`${reminder}/snooze`, { until: '2028-02-29T23:00:00+14:00' })
  assert.equal(until.body.reminders[0].at, '2028-02-29T09:00:00Z')
})

test('a reminder is dismissed once, and can still be snoozed', async (t) => {
  const { ada, reminder, updates } = await start(t)
  const { status, body } = await ada.post(`${reminder}/dismiss`)
  assert.deepEqual([status, body.reminders[0].state], [200, 'dismissed'])
  assert.deepEqual((await ada.post(`${reminder}/dismiss`)).body, body)
  assert.equal((await updates()).length, 1)
  assert.equal((await ada.post(`${reminder}/snooze`, { for: 'PT1H' })).body.reminders[0].state, 'pending')
})

test('refused: a past time, both or neither, another user’s or an unknown reminder, a completed task, an old version', async (t) => {
  const { ada, anonymous, signup, task, reminder, updates } = await start(t)
  const refused: [object, string][] = [
    [{}, 'for'],
    [{ for: 'PT1H', until: '2030-01-01T00:00:00Z' }, 'for'],
    [{ for: 'an hour' }, 'for'],
    [{ for: '-PT1H' }, 'for'],
    [{ until: '2030-01-01T00:00:00' }, 'until'],
    [{ until: '2026-03-28T19:00:00Z' }, 'until'],
    [{ for: 'PT1H', at: 'x' }, 'at'],
  ]
  for (const [body, field] of refused) {
    const answer = await ada.post(`${reminder}/snooze`, body)
    assert.equal(answer.status, 422, JSON.stringify(body))
    assert.ok(
      answer.body.errors.some((each: { path: string }) => each.path === field),
      JSON.stringify(answer.body),
    )
  }
  const eve = await signup()
  const unknown = `/api/v1/tasks/${task.id}/reminders/00000000-0000-4000-8000-000000000000`
  for (const what of ['snooze', 'dismiss']) {
    const body = what === 'snooze' ? { for: 'PT1H' } : undefined
    assert.equal((await eve.post(`${reminder}/${what}`, body)).status, 404)
    assert.equal((await ada.post(`${unknown}/${what}`, body)).status, 404)
    assert.equal((await anonymous.post(`${reminder}/${what}`, body)).status, 401)
    assert.equal((await ada.post(`${reminder}/${what}`, body, { 'if-match': '"7"' })).status, 412)
  }
  assert.equal((await updates()).length, 0)
  await ada.post(`/api/v1/tasks/${task.id}/complete`)
  assert.equal((await ada.post(`${reminder}/snooze`, { for: 'PT1H' })).status, 409)
})

test('reminder-service fires it again at the new time, not before, and not after it is dismissed', async (t) => {
  const { clock, service, ada, reminder } = await start(t, '2026-03-28T18:45:00Z')
  const reminders = await startReminderService(t, { clock }, service.database)
  const fired = async () => {
    const events = (await service.outbox('tasks')).filter(({ topic }) => topic === 'task-events')
    await reminders.deliver(
      'task-events',
      events.map(({ event }) => event),
    )
    await reminders.deps.dueReminders.processDue()
    const due = (await reminders.outbox('reminders')).map(
      ({ event }) => event.data.reminder as { type: string; at: string },
    )
    return due.filter(({ type }) => type === '1_hour_before').map(({ at }) => at)
  }
  clock.set('2026-03-28T19:00:00Z')
  assert.deepEqual(await fired(), ['2026-03-28T19:00:00Z'])
  await ada.post(`${reminder}/snooze`, { for: 'PT10M' })
  clock.set('2026-03-28T19:09:59Z')
  assert.equal((await fired()).length, 1)
  clock.set('2026-03-28T19:10:00Z')
  assert.deepEqual(await fired(), ['2026-03-28T19:00:00Z', '2026-03-28T19:10:00Z'])
  await ada.post(`${reminder}/snooze`, { for: 'PT10M' })
  await fired()
  await ada.post(`${reminder}/dismiss`)
  clock.advance({ hours: 5 })
  assert.equal((await fired()).length, 2)
})
