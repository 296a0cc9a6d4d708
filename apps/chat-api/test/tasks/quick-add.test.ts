import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { startChatApi } from '../../testing/start-chat-api.ts'

const path = '/api/v1/tasks/quick-add'
const now = '2026-03-27T11:00:00Z'

test('one line becomes a task, and the response shows what was understood', async (t) => {
  const api = await startChatApi(t, { clock: fakeClock(now) })
  const ada = await api.signup({ time_zone: 'Europe/Berlin' })
  const text = 'pay rent every 1st at 9 !high #home remind 1d before'
  const { status, headers, body } = await ada.post(path, { text })
  assert.equal(status, 201)
  assert.equal(headers.get('location'), `/api/v1/tasks/${body.task.id}`)
  const { title, due_date, priority, tags, recurrence_rule, time_zone, reminders } = body.task
  assert.deepEqual(
    { title, due_date, priority, tags, recurrence_rule, time_zone, at: reminders[0].at },
    {
      title: 'pay rent',
      due_date: '2026-04-01T07:00:00Z',
      priority: 'high',
      tags: ['home'],
      recurrence_rule: 'FREQ=MONTHLY;BYMONTHDAY=1',
      time_zone: 'Europe/Berlin',
      at: '2026-03-31T07:00:00Z',
    },
  )
  const parts = body.understood.map((part: { start: number; end: number }) => text.slice(part.start, part.end))
  assert.deepEqual(parts, ['every 1st at 9', '!high', '#home', 'remind 1d before'])
  assert.equal((await ada.get(`/api/v1/tasks/${body.task.id}`)).body.series_id, body.task.series_id)
  const types = (await api.service.outbox('tasks')).map(({ event }) => event.type)
  assert.deepEqual(types.slice(-2), ['recurring_task.changed', 'task.created'])
})

test('a day without a time is a day, and with a rule an all-day series', async (t) => {
  const { signup } = await startChatApi(t, { clock: fakeClock(now) })
  const ada = await signup({ time_zone: 'Europe/Berlin' })
  await ada.patch('/api/v1/notifications/preferences', { reminder_time: '07:30' })
  const { body } = await ada.post(path, { text: 'pay rent tomorrow remind 1h before' })
  const { due_date, due_on, reminders } = body.task
  assert.deepEqual([due_date, due_on, reminders[0].at], [null, '2026-03-28', '2026-03-28T05:30:00Z'])
  assert.deepEqual(body.understood[0], {
    ...{ text: 'tomorrow', start: 9, end: 17, means: 'due_on' },
    ...{ value: '2026-03-28', sentence: 'due Saturday, 28 March 2026' },
  })
  const series = await ada.post(path, { text: 'gym every monday remind me at 8' })
  assert.deepEqual([series.body.task.due_on, series.body.task.reminders[0].at], ['2026-03-30', '2026-03-30T06:00:00Z'])
  const { body: made } = await ada.get(`/api/v1/recurring-tasks/${series.body.task.series_id}`)
  assert.deepEqual([made.start_on, made.schedule], ['2026-03-30', 'every week on Monday'])
  const timed = await ada.post(path, { text: 'gym every monday at 9', dry_run: true })
  assert.deepEqual([timed.body.task.due_date, timed.body.task.due_on], ['2026-03-30T07:00:00Z', undefined])
})

test('a dry run shows the task without creating it', async (t) => {
  const api = await startChatApi(t, { clock: fakeClock(now) })
  const ada = await api.signup()
  const time_zone = 'America/New_York'
  const { status, body } = await ada.post(path, { text: 'call Bob at 5pm', dry_run: true, time_zone })
  assert.deepEqual([status, body.task], [200, { title: 'call Bob', time_zone, due_date: '2026-03-27T21:00:00Z' }])
  assert.equal(body.understood[0].sentence, 'due Friday, 27 March 2026 at 17:00, America/New_York')
  assert.deepEqual((await ada.get('/api/v1/tasks')).body.data, [])
})

test('what is not understood is reported, and a part can be taken back', async (t) => {
  const { signup } = await startChatApi(t, { clock: fakeClock(now) })
  const ada = await signup()
  const text = 'plan friday tomorrow'
  const first = await ada.post(path, { text, dry_run: true })
  assert.deepEqual(first.body.not_understood, [{ text: 'tomorrow', start: 12, end: 20 }])
  const again = await ada.post(path, { text, dry_run: true, literal: [[5, 11]] })
  assert.deepEqual([again.body.task.title, again.body.not_understood], ['plan friday', []])
  assert.equal((await ada.post(path, { text, literal: [[-1, 5]] })).status, 422)
})

test('with an Idempotency-Key a line sent twice creates one task, even later', async (t) => {
  const clock = fakeClock(now)
  const { signup } = await startChatApi(t, { clock })
  const [ada, eve] = [await signup(), await signup()]
  const key = { 'idempotency-key': 'once' }
  const first = await ada.post(path, { text: 'stretch in 30 min' }, key)
  clock.advance({ minutes: 10 })
  const again = await ada.post(path, { text: 'stretch in 30 min' }, key)
  assert.deepEqual([again.status, again.body], [201, first.body])
  assert.equal((await ada.get('/api/v1/tasks')).body.data.length, 1)
  assert.deepEqual((await eve.get('/api/v1/tasks')).body.data, [])
})

test('a line without reminders gets the default lead time', async (t) => {
  const { signup } = await startChatApi(t, { clock: fakeClock(now) })
  const ada = await signup()
  await ada.patch('/api/v1/notifications/preferences', { default_lead_time: 'PT2H' })
  const offsets = async (text: string) =>
    (await ada.post(path, { text })).body.task.reminders.map((each: { offset: string }) => each.offset)
  assert.deepEqual(await offsets('dentist tomorrow at 9'), ['PT2H'])
  assert.deepEqual(await offsets('dentist tomorrow at 9 remind 10 min before'), ['PT10M'])
  assert.deepEqual(await offsets('dentist'), [])
})

test('invalid input is rejected by field', async (t) => {
  const { anonymous, as, signup } = await startChatApi(t)
  const ada = await signup()
  const refused: [unknown, string][] = [
    [{ text: '' }, 'text'],
    [{ text: ' \n\t ' }, 'text'],
    [{ text: 'every monday #home' }, 'text'],
    [{ text: 'x'.repeat(501) }, 'text'],
    [{ text: 'nul \0' }, 'text'],
    [{ text: 'half a \ud83d' }, 'text'],
    [{ text: 12e300 }, 'text'],
    [{ text: ['x'] }, 'text'],
    [{}, 'text'],
    [{ text: 'x', time_zone: 'Mars/Olympus' }, 'time_zone'],
    [{ text: 'x', title: 'y' }, 'title'],
    [{ text: 'x', dry_run: 'yes' }, 'dry_run'],
    [`{"text": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'body'],
  ]
  for (const [sent, field] of refused) {
    const { status, body } = await ada.post(path, sent)
    assert.deepEqual([status, body.errors?.[0].path], [422, field], JSON.stringify(sent).slice(0, 60))
  }
  assert.equal((await anonymous.post(path, { text: 'x' })).status, 401)
  const { body: reader } = await ada.post('/api/v1/auth/tokens', { name: 'reader', scopes: ['tasks:read'] })
  assert.equal((await as(reader.token).post(path, { text: 'x' })).status, 403)
})

test('unusual text is a title', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  for (const text of ['👩‍👩‍👧 ﷽ Ṱ̺̺̕o͞', '<script>alert(1)</script>', '=1+1', '{"$gt": ""}', '999999999999999999999']) {
    const { status, body } = await ada.post(path, { text })
    assert.deepEqual([status, body.task?.title, body.understood], [201, text, []])
  }
})
