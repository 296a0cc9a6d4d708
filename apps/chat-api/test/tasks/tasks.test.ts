import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { startChatApi } from '../../testing/start-chat-api.ts'

test('a created task is returned in full, and task.created is in the outbox', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup({ time_zone: 'Europe/Berlin' })
  const { status, body, headers } = await ada.post('/api/v1/tasks', {
    title: '  Pay rent ',
    tags: ['home', 'home'],
    due_date: '2031-02-01T09:00:00+01:00',
    reminders: [
      { type: '24_hours_before' },
      { type: 'after', offset: 'PT30M' },
      { type: 'at', at: '2031-01-01T00:00:00Z' },
    ],
  })
  assert.equal(status, 201)
  assert.equal(headers.get('location'), `/api/v1/tasks/${body.id}`)
  const { id, series_id, created_at, updated_at, reminders, ...rest } = body
  assert.deepEqual(rest, {
    user_id: ada.id,
    title: 'Pay rent',
    description: '',
    priority: 'medium',
    due_date: '2031-02-01T08:00:00Z',
    due_on: null,
    reminder_time: '09:00',
    time_zone: 'Europe/Berlin',
    is_completed: false,
    completed_at: null,
    recurrence_rule: null,
    recurrence_interval: 1,
    recurrence_mode: 'on_completion',
    recurrence_anchor: 'due_date',
    recurrence_catch_up: 'skip',
    occurrence: null,
    tags: ['home'],
    category: null,
    version: 1,
  })
  assert.deepEqual([series_id, created_at], [null, updated_at])
  assert.deepEqual(
    reminders.map(({ type, offset, at, state }: Record<string, string>) => [type, offset, at, state]),
    [
      ['24_hours_before', 'PT24H', '2031-01-31T08:00:00Z', 'pending'],
      ['after', 'PT30M', '2031-02-01T08:30:00Z', 'pending'],
      ['at', null, '2031-01-01T00:00:00Z', 'pending'],
    ],
  )
  const event = (await service.outbox('tasks')).at(-1)
  assert.deepEqual(
    [event?.topic, event?.key, event?.event.type, event?.event.source],
    ['task-events', id, 'task.created', '/taskflow/chat-api'],
  )
  assert.deepEqual(event?.event.data, { schema_version: '3.0', user_id: ada.id, task: body })
  assert.deepEqual((await ada.get(`/api/v1/tasks/${id}`)).body, body)
})

test('completing and reopening take effect once, with one event; for a recurring task on both topics under one id', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  const { body: task } = await ada.post('/api/v1/tasks', {
    title: 'Rent',
    due_date: '2031-01-31T09:00:00Z',
    recurrence_rule: 'monthly',
  })
  assert.equal(task.occurrence, 1)
  const completed = await ada.post(`/api/v1/tasks/${task.id}/complete`)
  assert.deepEqual([completed.status, completed.body.is_completed, completed.body.version], [200, true, 2])
  const again = await ada.post(`/api/v1/tasks/${task.id}/complete`)
  assert.deepEqual([again.status, again.body], [200, completed.body])
  const events = (await service.outbox('tasks')).filter(({ event }) => event.type === 'task.completed')
  assert.deepEqual(
    events.map(({ topic, key }) => [topic, key]),
    [
      ['task-events', task.id],
      ['task-recurrence', task.series_id],
    ],
  )
  assert.equal(events[0]?.event.id, events[1]?.event.id)
  assert.deepEqual((events[0]!.event.data.changed as Record<string, unknown>).is_completed, [false, true])

  const reopened = await ada.post(`/api/v1/tasks/${task.id}/reopen`)
  assert.deepEqual([reopened.body.is_completed, reopened.body.completed_at], [false, null])
  assert.deepEqual((await ada.post(`/api/v1/tasks/${task.id}/reopen`)).body, reopened.body)
  assert.equal((await service.outbox('tasks')).filter(({ event }) => event.type === 'task.reopened').length, 1)
})

test('a change publishes the changed fields; without a change nothing is published', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  const { body: task } = await ada.post('/api/v1/tasks', {
    title: 'Rent',
    due_date: '2031-01-31T09:00:00Z',
    reminders: [{ type: '1_hour_before' }],
  })
  const { body: moved } = await ada.patch(`/api/v1/tasks/${task.id}`, {
    due_date: '2031-02-01T09:00:00Z',
    priority: 'high',
  })
  assert.equal(moved.version, 2)
  assert.equal(moved.reminders[0].at, '2031-02-01T08:00:00Z')
  assert.equal(moved.reminders[0].id, task.reminders[0].id)
  const event = (await service.outbox('tasks')).at(-1)?.event
  assert.deepEqual(Object.keys(event?.data.changed as object).toSorted(), ['due_date', 'priority', 'reminders'])
  const before = (await service.outbox('tasks')).length
  assert.deepEqual((await ada.patch(`/api/v1/tasks/${task.id}`, { priority: 'high' })).body, moved)
  assert.equal((await service.outbox('tasks')).length, before)
})

test('recurrence can be started, changed and ended by changing the task', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  const { body: task } = await ada.post('/api/v1/tasks', { title: 'Rent', due_date: '2031-01-31T09:00:00Z' })
  const { body: begun } = await ada.patch(`/api/v1/tasks/${task.id}`, { recurrence_rule: 'monthly' })
  assert.equal(begun.occurrence, 1)
  await ada.patch(`/api/v1/tasks/${task.id}`, { recurrence_rule: 'FREQ=WEEKLY;BYDAY=MO' })
  await ada.patch(`/api/v1/tasks/${task.id}`, { recurrence_rule: null })
  const published = (await service.outbox('tasks')).filter(({ event }) => event.type === 'recurring_task.changed')
  assert.deepEqual(
    published.map(({ key, event }) => [
      key,
      (event.data.recurring_task as { rule: string; is_active: boolean }).rule,
      (event.data.recurring_task as { is_active: boolean }).is_active,
    ]),
    [
      [begun.series_id, 'monthly', true],
      [begun.series_id, 'FREQ=WEEKLY;BYDAY=MO', true],
      [begun.series_id, 'FREQ=WEEKLY;BYDAY=MO', false],
    ],
  )
})

test('a deleted task is gone for everyone, and its event is published', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  const { body: task } = await ada.post('/api/v1/tasks', { title: 'Rent' })
  assert.equal((await ada.delete(`/api/v1/tasks/${task.id}`)).status, 204)
  for (const answer of [
    await ada.get(`/api/v1/tasks/${task.id}`),
    await ada.delete(`/api/v1/tasks/${task.id}`),
    await ada.post(`/api/v1/tasks/${task.id}/complete`),
  ]) {
    assert.equal(answer.status, 404)
  }
  assert.deepEqual((await ada.get('/api/v1/tasks')).body.data, [])
  assert.equal((await service.outbox('tasks')).at(-1)?.event.type, 'task.deleted')
})

test("another user's task returns 404 for every operation", async (t) => {
  const { signup } = await startChatApi(t)
  const [ada, eve] = [await signup(), await signup()]
  const { body: task } = await ada.post('/api/v1/tasks', { title: 'Secret', recurrence_rule: 'daily' })
  for (const answer of [
    await eve.get(`/api/v1/tasks/${task.id}`),
    await eve.patch(`/api/v1/tasks/${task.id}`, { title: 'Mine' }),
    await eve.post(`/api/v1/tasks/${task.id}/complete`),
    await eve.post(`/api/v1/tasks/${task.id}/reopen`),
    await eve.delete(`/api/v1/tasks/${task.id}`),
    await eve.get(`/api/v1/tasks/${randomUUID()}`),
    await eve.get('/api/v1/tasks/not-an-id'),
  ]) {
    assert.equal(answer.status, 404)
    assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8')
  }
  assert.deepEqual((await eve.get(`/api/v1/tasks?series_id=${task.series_id}`)).body.data, [])
})

test('If-Match rejects a change based on another version', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  const { body: task, headers } = await ada.post('/api/v1/tasks', { title: 'Rent' })
  assert.equal(headers.get('etag'), '"1"')
  const change = (version: string) =>
    ada.patch(`/api/v1/tasks/${task.id}`, { title: `for ${version}` }, { 'if-match': version })
  assert.equal((await change('"1"')).status, 200)
  assert.equal((await change('"1"')).status, 412)
  assert.equal((await change('nonsense')).status, 412)
  assert.equal((await change('*')).status, 200)
})

test('pages neither skip nor repeat tasks while more are added', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  const titles = ['a', 'b', 'c', 'd', 'e']
  for (const title of titles) await ada.post('/api/v1/tasks', { title })
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { body } = await ada.get(`/api/v1/tasks?limit=2${cursor && `&cursor=${cursor}`}`)
    seen.push(...body.data.map((task: { title: string }) => task.title))
    cursor = body.next_cursor
    await ada.post('/api/v1/tasks', { title: 'new' })
  }
  assert.deepEqual(seen, titles.toReversed())
})

test('lists can be filtered', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  const { body: done } = await ada.post('/api/v1/tasks', { title: 'done', tags: ['home'], priority: 'high' })
  await ada.post(`/api/v1/tasks/${done.id}/complete`)
  await ada.post('/api/v1/tasks', { title: 'open', category: 'work' })
  const titles = async (search: string) =>
    (await ada.get(`/api/v1/tasks?${search}`)).body.data.map((task: { title: string }) => task.title)
  assert.deepEqual(await titles('is_completed=true'), ['done'])
  assert.deepEqual(await titles('is_completed=false'), ['open'])
  assert.deepEqual(await titles('tag=home'), ['done'])
  assert.deepEqual(await titles('priority=high&category=work'), [])
  assert.deepEqual(await titles('category=work'), ['open'])
})
