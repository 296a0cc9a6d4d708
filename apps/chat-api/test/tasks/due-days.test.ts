import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { startChatApi } from '../../testing/start-chat-api.ts'

const start = async (t: Parameters<typeof startChatApi>[0], now = '2031-02-01T12:00:00Z') => {
  const clock = fakeClock(now)
  const { signup, service } = await startChatApi(t, { clock })
  const ada = await signup({ time_zone: 'Europe/Berlin' })
  const titles = async (query: string) =>
    (await ada.get(`/api/v1/tasks?${query}`)).body.data.map(({ title }: { title: string }) => title)
  return { ada, clock, service, titles }
}

test('a task is due at an instant or on a day, never both', async (t) => {
  const { ada } = await start(t)
  const { status, body } = await ada.post('/api/v1/tasks', { title: 'Call', due_on: '2031-02-03' })
  assert.deepEqual([status, body.due_on, body.due_date], [201, '2031-02-03', null])
  const both = await ada.post('/api/v1/tasks', { title: 'x', due_on: '2031-02-03', due_date: '2031-02-03T09:00:00Z' })
  assert.deepEqual([both.status, both.body.errors[0].path], [422, 'due_on'])
  for (const due_on of ['2031-02-30', '2031-2-3', '2031-02-03T09:00:00', 'tomorrow'])
    assert.equal((await ada.post('/api/v1/tasks', { title: 'x', due_on })).status, 422, due_on)

  const change = async (patch: object) => {
    const { body: after } = await ada.patch(`/api/v1/tasks/${body.id}`, patch)
    return [after.due_on, after.due_date]
  }
  assert.deepEqual(await change({ due_date: '2031-02-04T09:00:00Z' }), [null, '2031-02-04T09:00:00Z'])
  assert.deepEqual(await change({ due_on: '2031-02-05' }), ['2031-02-05', null])
  assert.deepEqual(await change({ due_date: null }), [null, null], 'a client that knows only instants takes it away')
})

test('it is overdue when the day is over where its person is, and sorted at its end', async (t) => {
  const { ada, clock, titles } = await start(t, '2031-02-03T22:59:00Z')
  await ada.post('/api/v1/tasks', { title: 'day', due_on: '2031-02-03' })
  await ada.post('/api/v1/tasks', { title: 'evening', due_date: '2031-02-03T20:00:00+01:00' })
  await ada.post('/api/v1/tasks', { title: 'next morning', due_date: '2031-02-04T08:00:00+01:00' })
  await ada.post('/api/v1/tasks', { title: 'some time' })
  assert.deepEqual(await titles('sort=due_date'), ['evening', 'day', 'next morning', 'some time'])
  assert.deepEqual(await titles('sort=-due_date'), ['next morning', 'day', 'evening', 'some time'])
  assert.deepEqual(await titles('overdue=true'), ['evening'])
  clock.set('2031-02-03T23:00:00Z')
  assert.deepEqual((await titles('overdue=true')).toSorted(), ['day', 'evening'])
  const day = 'due_after=2031-02-02T23:00:00Z&due_before=2031-02-03T23:00:00Z'
  assert.deepEqual(await titles(`${day}&sort=due_date`), ['evening', 'day'])
  const { body: page } = await ada.get('/api/v1/tasks?sort=due_date&limit=2')
  assert.deepEqual(await titles(`sort=due_date&limit=2&cursor=${page.next_cursor}`), ['next morning', 'some time'])
})

test('reminders count from the time of the day that its person chose', async (t) => {
  const { ada } = await start(t)
  await ada.patch('/api/v1/notifications/preferences', { reminder_time: '07:30', default_lead_time: 'PT1H' })
  const { body } = await ada.post('/api/v1/tasks', { title: 'x', due_on: '2031-02-03' })
  assert.deepEqual([body.reminder_time, body.reminders[0].at], ['07:30', '2031-02-03T05:30:00Z'])
})

test('a day moves with its person, and with the reminder time; an instant stays', async (t) => {
  const { ada, titles, service } = await start(t, '2031-02-04T02:55:00Z')
  const reminders = [{ type: 'before', offset: 'PT1H' }]
  const { body: day } = await ada.post('/api/v1/tasks', { title: 'day', due_on: '2031-02-03', reminders })
  const { body: hour } = await ada.post('/api/v1/tasks', { title: 'hour', due_date: '2031-02-04T02:00:00Z', reminders })
  assert.deepEqual((await titles('overdue=true')).toSorted(), ['day', 'hour'])
  await ada.patch('/api/v1/auth/me', { time_zone: 'America/New_York' })
  await ada.patch('/api/v1/notifications/preferences', { reminder_time: '20:00' })
  const seen = async (id: string) => (await ada.get(`/api/v1/tasks/${id}`)).body
  const upkeep = service.app.loops.find(({ name }) => name === 'day upkeep')!
  for (const _ of ['days', 'nothing is left', 'nobody is left']) await upkeep.processDue()
  const moved = await seen(day.id)
  assert.deepEqual([moved.time_zone, moved.reminders[0].at], ['America/New_York', '2031-02-04T00:00:00Z'])
  assert.deepEqual((await seen(hour.id)).version, hour.version)
  assert.deepEqual(await titles('overdue=true'), ['hour'], 'in New York the day is not over')
})

test('an all-day recurring task makes tasks that are due on days', async (t) => {
  const { ada } = await start(t)
  const input = { title: 'Water', rule: 'daily', recurrence_mode: 'on_completion', start_on: '2031-02-01' }
  const { status, body } = await ada.post('/api/v1/recurring-tasks', input)
  assert.deepEqual([status, body.start_on, body.start_date], [201, '2031-02-01', '2031-02-01T00:00:00'])
  const { data } = (await ada.get(`/api/v1/tasks?series_id=${body.id}`)).body
  assert.deepEqual([data[0].due_on, data[0].due_date], ['2031-02-01', null], 'today is not over')
  const both = await ada.post('/api/v1/recurring-tasks', { ...input, start_date: '2031-02-01T09:00:00' })
  assert.deepEqual([both.status, both.body.errors[0].path], [422, 'start_on'])
})
