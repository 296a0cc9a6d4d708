import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { createOccurrence, lockSeries } from '@taskflow/tasks'
import { fakeClock } from '@taskflow/test-kit'
import { startChatApi } from '../../testing/start-chat-api.ts'

const path = '/api/v1/recurring-tasks'
const rent = { title: 'Pay rent', pattern: 'monthly', start_date: '2026-01-31T09:00:00', time_zone: 'Europe/Berlin' }

const start = async (t: TestContext, now = '2026-01-01T08:00:00Z') => {
  const clock = fakeClock(now)
  const { service, signup, anonymous, as } = await startChatApi(t, { clock })
  const ada = await signup()
  const types = async () => (await service.outbox('tasks')).map(({ event }) => event.type)
  return {
    ada,
    service,
    signup,
    types,
    /** Later, with a fresh token: the first one lasts an hour. */
    laterOn: async (time: string) => {
      clock.set(time)
      const { email, password } = ada
      const { body } = await anonymous.post('/api/v1/auth/login', { email, password })
      return as(body.token)
    },
    create: async (fields: object = {}) => (await ada.post(path, { ...rent, ...fields })).body,
    open: async (series_id: string) =>
      (await ada.get(`/api/v1/tasks?series_id=${series_id}&is_completed=false`)).body.data,
  }
}

test('a recurring task is returned in full, with its schedule as a sentence and its next dates', async (t) => {
  const { ada, service } = await start(t)
  const fields = { tags: ['home'], category: 'money', reminders: [{ type: 'before', offset: 'P2D' }] }
  const { status, headers, body } = await ada.post(path, { ...rent, ...fields })
  assert.equal(status, 201)
  assert.deepEqual([headers.get('location'), headers.get('etag')], [`${path}/${body.id}`, '"1"'])
  const { id, created_at, updated_at, upcoming, ...rest } = body
  assert.equal(created_at, updated_at)
  assert.deepEqual(rest, {
    user_id: ada.id,
    title: 'Pay rent',
    description: '',
    priority: 'medium',
    tags: ['home'],
    category: 'money',
    reminders: [{ type: 'before', offset: 'P2D' }],
    rule: 'monthly',
    pattern: 'monthly',
    interval: 1,
    schedule: 'every month on day 31, on the last day of shorter months at 09:00, Europe/Berlin',
    start_date: '2026-01-31T09:00:00',
    start_on: null,
    reminder_time: '09:00',
    time_zone: 'Europe/Berlin',
    next_occurrence: '2026-01-31T08:00:00Z',
    is_active: true,
    skipped: [],
    recurrence_mode: 'on_schedule',
    recurrence_anchor: 'due_date',
    recurrence_catch_up: 'skip',
    version: 1,
  })
  assert.deepEqual(upcoming.slice(0, 3), [
    { local: '2026-01-31T09:00:00', utc: '2026-01-31T08:00:00Z' },
    { local: '2026-02-28T09:00:00', utc: '2026-02-28T08:00:00Z' },
    { local: '2026-03-31T09:00:00', utc: '2026-03-31T07:00:00Z' },
  ])
  assert.deepEqual((await ada.get(`${path}/${id}`)).body, body)
  const event = (await service.outbox('tasks')).at(-1)
  assert.deepEqual([event?.topic, event?.key, event?.event.type], ['task-recurrence', id, 'recurring_task.changed'])
})

test('an invalid rule names its part; a start without time zone is local, an instant is converted', async (t) => {
  const { ada, create } = await start(t)
  const refused = async (fields: object) =>
    (await ada.post(path, { ...rent, pattern: undefined, ...fields })).body.errors
  assert.match((await refused({ rule: 'FREQ=DAILY;COUNT=2;UNTIL=20300101' }))[0].message, /UNTIL|COUNT/)
  assert.equal((await refused({}))[0].path, 'rule')
  assert.equal((await refused({ rule: 'daily', pattern: 'daily' }))[0].path, 'pattern')
  assert.equal((await refused({ rule: 'daily', start_date: 'tomorrow' }))[0].path, 'start_date')
  assert.equal((await refused({ rule: 'daily', start_date: undefined }))[0].path, 'start_date')
  assert.equal(
    (await refused({ rule: 'daily', reminders: [{ type: 'at', at: '2026-01-01T00:00:00Z' }] }))[0].path,
    'reminders.0.type',
  )
  assert.equal((await create({ start_date: '2026-01-31T08:00:00Z' })).start_date, '2026-01-31T09:00:00')
  assert.equal((await create({ start_date: '2026-01-31' })).start_date, '2026-01-31T00:00:00')
  const withRule = await create({
    pattern: undefined,
    start_date: undefined,
    rule: 'DTSTART:20260105T090000\nRRULE:FREQ=WEEKLY',
  })
  assert.equal(withRule.next_occurrence, '2026-01-05T08:00:00Z')
})

test('on completion the first task is created at once; past dates create none', async (t) => {
  const { create, open } = await start(t, '2026-02-10T08:00:00Z')
  const { id, next_occurrence } = await create({ recurrence_mode: 'on_completion' })
  const [task] = await open(id)
  assert.deepEqual([task.due_date, task.occurrence, task.recurrence_rule], ['2026-02-28T08:00:00Z', 1, 'monthly'])
  assert.equal(next_occurrence, '2026-02-28T08:00:00Z')
})

test('a change applies to future tasks and, by default, to open ones', async (t) => {
  const { ada, create, open } = await start(t)
  const { id } = await create({ recurrence_mode: 'on_completion' })
  const later = await ada.patch(`${path}/${id}?scope=following`, { title: 'Pay the rent', priority: 'high' })
  assert.deepEqual([later.status, later.body.title, later.body.version], [200, 'Pay the rent', 2])
  assert.equal((await open(id))[0].title, 'Pay rent')
  await ada.patch(`${path}/${id}`, { title: 'Rent', tags: ['flat'], rule: 'FREQ=MONTHLY;BYMONTHDAY=1' })
  const [task] = await open(id)
  assert.deepEqual(
    [task.title, task.tags, task.priority, task.recurrence_rule],
    ['Rent', ['flat'], 'medium', 'FREQ=MONTHLY;BYMONTHDAY=1'],
  )
  assert.equal((await ada.patch(`${path}/${id}`, { title: 'x' }, { 'if-match': '"1"' })).status, 412)
})

test('a new rule counts from the last date that has a task', async (t) => {
  const { ada, create } = await start(t)
  const { id } = await create({ pattern: 'weekly', start_date: '2026-01-05T09:00:00' })
  const { body } = await ada.patch(`${path}/${id}`, { rule: 'FREQ=WEEKLY;BYDAY=FR', start_date: '2026-01-01T10:00:00' })
  assert.equal(body.next_occurrence, '2026-01-02T09:00:00Z')
  assert.equal(body.schedule, 'every week on Friday at 10:00, Europe/Berlin')
})

test('a change applies to one task, to it and the following, or to all open ones', async (t) => {
  const { ada, service, create, open } = await start(t)
  const { id } = await create({ recurrence_mode: 'on_completion' })
  const [task] = await open(id)
  const template = async () => (await ada.get(`${path}/${id}`)).body
  await ada.patch(`/api/v1/tasks/${task.id}?scope=this`, { title: 'Only this one' })
  assert.equal((await template()).title, 'Pay rent')
  const refused = await ada.patch(`/api/v1/tasks/${task.id}?scope=this`, { recurrence_rule: 'daily' })
  assert.deepEqual([refused.status, refused.body.errors[0].path], [422, 'scope'])

  await ada.patch(`/api/v1/tasks/${task.id}`, { description: 'by bank', due_date: '2026-01-30T08:00:00Z' })
  assert.deepEqual([(await template()).title, (await template()).description], ['Pay rent', 'by bank'])
  assert.equal((await template()).start_date, '2026-01-31T09:00:00', 'moving one date does not move the series')
  await ada.patch(`/api/v1/tasks/${task.id}?scope=following`, { due_date: '2026-01-29T08:00:00Z' })
  assert.equal((await template()).start_date, '2026-01-29T09:00:00')

  // A second open task of the series, as on_schedule creates them.
  await service.deps.transaction(async (tx) =>
    createOccurrence(tx, (await lockSeries(tx, id))!, { occurrence: 2, date: '2026-01-29T08:00:00Z' }),
  )
  await ada.patch(`/api/v1/tasks/${task.id}?scope=all`, { title: 'All of them', due_date: '2026-01-28T08:00:00Z' })
  const all = await open(id)
  assert.deepEqual(
    all.map((each: { title: string }) => each.title),
    ['All of them', 'All of them'],
  )
  assert.deepEqual(
    new Set(all.map((each: { due_date: string }) => each.due_date)),
    new Set(['2026-01-28T08:00:00Z', '2026-01-29T08:00:00Z']),
  )
})

test('a paused recurring task creates no tasks; resumed, it continues with the next future date', async (t) => {
  const { ada, create, laterOn, types } = await start(t)
  const { id } = await create({ pattern: 'daily', start_date: '2026-01-02T09:00:00' })
  const paused = (await ada.post(`${path}/${id}/pause`)).body
  assert.deepEqual([paused.is_active, paused.next_occurrence, paused.upcoming], [false, null, []])
  const before = (await types()).length
  assert.equal((await ada.post(`${path}/${id}/pause`)).body.version, paused.version)
  assert.equal((await types()).length, before)
  assert.equal((await ada.get(`${path}?is_active=false`)).body.data.length, 1)
  assert.equal((await ada.patch(`${path}/${id}`, { pattern: 'weekly' })).body.next_occurrence, null)
  await ada.patch(`${path}/${id}`, { pattern: 'daily' })
  const resumed = (await (await laterOn('2026-02-01T12:00:00Z')).post(`${path}/${id}/resume`)).body
  assert.deepEqual([resumed.is_active, resumed.next_occurrence], [true, '2026-02-02T08:00:00Z'])
})

test('a task completed during a pause is followed up on resume', async (t) => {
  const { ada, create, open } = await start(t)
  const { id } = await create({ recurrence_mode: 'on_completion' })
  const [task] = await open(id)
  await ada.post(`${path}/${id}/pause`)
  await ada.post(`/api/v1/tasks/${task.id}/complete`)
  assert.deepEqual(await open(id), [])
  await ada.post(`${path}/${id}/resume`)
  assert.deepEqual(
    (await open(id)).map((each: { due_date: string; occurrence: number }) => [each.due_date, each.occurrence]),
    [['2026-02-28T08:00:00Z', 2]],
  )
})

test('an ended recurring task cannot be resumed', async (t) => {
  const { ada, create, laterOn } = await start(t)
  const { id } = await create({ pattern: undefined, rule: 'FREQ=DAILY;COUNT=2' })
  await ada.post(`${path}/${id}/pause`)
  assert.equal((await (await laterOn('2026-03-01T00:00:00Z')).post(`${path}/${id}/resume`)).status, 409)
})

test('one date is skipped, the next or a later one; other dates are rejected', async (t) => {
  const { ada, create } = await start(t)
  const { id } = await create({ pattern: 'daily', start_date: '2026-01-02T09:00:00' })
  const skip = (date?: string) => ada.post(`${path}/${id}/skip`, date ? { date } : {})
  assert.equal((await skip()).body.next_occurrence, '2026-01-03T08:00:00Z')
  const { body } = await skip('2026-01-04T09:00:00+01:00')
  assert.equal(body.next_occurrence, '2026-01-03T08:00:00Z')
  assert.deepEqual(
    body.upcoming.slice(0, 2).map(({ utc }: { utc: string }) => utc),
    ['2026-01-03T08:00:00Z', '2026-01-05T08:00:00Z'],
  )
  assert.equal((await skip('2026-01-06T10:00:00+01:00')).status, 422)
})

test('skipping the open task moves it and its reminders to the next date; the last one stays', async (t) => {
  const { ada, create, open } = await start(t)
  const { id } = await create({
    recurrence_mode: 'on_completion',
    pattern: undefined,
    rule: 'FREQ=MONTHLY;COUNT=2;BYMONTHDAY=31',
    reminders: [{ type: '1_hour_before' }],
  })
  const [task] = await open(id)
  const moved = await ada.post(`/api/v1/tasks/${task.id}/skip`)
  assert.deepEqual(
    [moved.status, moved.body.due_date, moved.body.reminders[0].at, moved.body.occurrence],
    [200, '2026-03-31T07:00:00Z', '2026-03-31T06:00:00Z', 1],
  )
  assert.equal((await ada.post(`/api/v1/tasks/${task.id}/skip`)).status, 409)
  await ada.post(`/api/v1/tasks/${task.id}/complete`)
  assert.equal((await ada.post(`/api/v1/tasks/${task.id}/skip`)).status, 409)
  const plain = (await ada.post('/api/v1/tasks', { title: 'once' })).body
  assert.equal((await ada.post(`/api/v1/tasks/${plain.id}/skip`)).status, 409)
})

test('skipping an open task’s date through its recurring task moves that task', async (t) => {
  const { ada, create, open } = await start(t)
  const { id } = await create({ recurrence_mode: 'on_completion' })
  await ada.post(`${path}/${id}/skip`, {})
  assert.deepEqual(
    (await open(id)).map((each: { due_date: string }) => each.due_date),
    ['2026-02-28T08:00:00Z'],
  )
})

test('deleting it deletes or keeps its open tasks and leaves completed ones', async (t) => {
  const { ada, create, open } = await start(t)
  const first = await create({ recurrence_mode: 'on_completion' })
  assert.equal((await ada.delete(`${path}/${first.id}`)).status, 204)
  assert.deepEqual(await open(first.id), [])
  assert.equal((await ada.get(`${path}/${first.id}`)).status, 404)
  assert.equal((await ada.delete(`${path}/${first.id}`)).status, 404)

  const second = await create({ recurrence_mode: 'on_completion' })
  await ada.delete(`${path}/${second.id}?open_tasks=keep`)
  const [kept] = await open(second.id)
  assert.equal(kept.recurrence_rule, null)
  // It may recur again, in a series of its own.
  const { body } = await ada.patch(`/api/v1/tasks/${kept.id}`, { recurrence_rule: 'daily' })
  assert.notEqual(body.series_id, second.id)
})

test('a task with a rule is a recurring task too', async (t) => {
  const { ada } = await start(t)
  const task = (
    await ada.post('/api/v1/tasks', { title: 'Water', due_date: '2026-01-05T09:00:00Z', recurrence_rule: 'daily' })
  ).body
  const { data } = (await ada.get(path)).body
  assert.deepEqual([data.length, data[0].id, data[0].title, data[0].pattern], [1, task.series_id, 'Water', 'daily'])
})

test('another user’s recurring task is not found', async (t) => {
  const { create, signup } = await start(t)
  const { id } = await create()
  const eve = await signup()
  for (const [method, rest, body] of [
    ['GET', ''],
    ['PATCH', '', { title: 'x' }],
    ['DELETE', ''],
    ['POST', '/pause'],
    ['POST', '/resume'],
    ['POST', '/skip', {}],
  ] as const)
    assert.equal((await eve.send(method, `${path}/${id}${rest}`, body)).status, 404, `${method} ${rest}`)
  assert.deepEqual((await eve.get(path)).body, { data: [], next_cursor: null })
  assert.equal((await eve.get(`${path}/${randomUUID()}`)).status, 404)
})

test('creating twice with one Idempotency-Key creates one; pages hold each once', async (t) => {
  const { ada, create } = await start(t)
  const key = { 'idempotency-key': randomUUID() }
  const twice = [await ada.post(path, rent, key), await ada.post(path, rent, key)]
  assert.equal(twice[0]?.body.id, twice[1]?.body.id)
  for (let number = 0; number < 4; number++) await create({ title: `number ${number}` })
  const seen: string[] = []
  for (let cursor = ''; ; ) {
    const { body } = await ada.get(`${path}?limit=2${cursor}`)
    seen.push(...body.data.map((each: { id: string }) => each.id))
    if (body.next_cursor === null) break
    cursor = `&cursor=${body.next_cursor}`
  }
  assert.deepEqual([seen.length, new Set(seen).size], [5, 5])
})

test('a first date that its rule does not produce is said, wherever it is made', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup({ time_zone: 'UTC' })
  const rule = 'FREQ=WEEKLY;BYDAY=MO'
  const note =
    /^Wednesday, 1 January 2031 at 09:00 is none of the dates of the rule; the first of them is Monday, 6 Jan/
  const task = { title: 'x', due_date: '2031-01-01T09:00:00Z', recurrence_rule: rule }
  const made = await ada.post('/api/v1/tasks', task)
  assert.match(made.body.notes[0], note)
  assert.equal((await ada.post('/api/v1/tasks', { ...task, due_date: '2031-01-06T09:00:00Z' })).body.notes, undefined)
  assert.equal((await ada.get(`/api/v1/tasks/${made.body.id}`)).body.notes, undefined)
  const day = await ada.post('/api/v1/tasks', { title: 'x', due_on: '2031-01-01', recurrence_rule: rule })
  assert.match(day.body.notes[0], /^Wednesday, 1 January 2031 is none of .* Monday, 6 January 2031\.$/)
  const { body: bulk } = await ada.post('/api/v1/tasks/bulk', { operations: [{ action: 'create', task }] })
  assert.match(bulk.results[0].notes[0], note)
  const { body: plain } = await ada.post('/api/v1/tasks', { title: 'x', due_date: task.due_date })
  const changed = await ada.patch(`/api/v1/tasks/${plain.id}`, { recurrence_rule: rule })
  assert.match(changed.body.notes[0], note)
  const series = await ada.post('/api/v1/recurring-tasks', { title: 'x', rule, start_date: '2031-01-01T09:00:00' })
  assert.match(series.body.notes[0], note)
  const preview = await ada.post('/api/v1/recurrence/preview', { rule, start: '2031-01-01T09:00:00' })
  assert.match(preview.body.notes[0], note)
  const quick = await ada.post('/api/v1/tasks/quick-add', { text: 'x every monday at 9' })
  assert.deepEqual([quick.status, quick.body.notes], [201, undefined])
})
