import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startChatApi } from '../../testing/start-chat-api.ts'

/** The request, and the field that the response must name. */
const invalidTasks: [object, string][] = [
  [{}, 'title'],
  [{ title: '   ' }, 'title'],
  [{ title: 'x'.repeat(501) }, 'title'],
  [{ title: 'nul \0' }, 'title'],
  [{ title: 'half \ud800' }, 'title'],
  [{ title: 7 }, 'title'],
  [{ title: 'x', colour: 'red' }, 'colour'],
  [{ title: 'x', user_id: 'someone' }, 'user_id'],
  [{ title: 'x', priority: 'urgent' }, 'priority'],
  [{ title: 'x', due_date: '2031-01-01T09:00:00' }, 'due_date'],
  [{ title: 'x', due_date: 'tomorrow' }, 'due_date'],
  [{ title: 'x', due_date: '+999999-01-01T00:00:00Z' }, 'due_date'],
  [{ title: 'x', time_zone: 'Mars/Olympus' }, 'time_zone'],
  [{ title: 'x', recurrence_interval: 0 }, 'recurrence_interval'],
  [{ title: 'x', tags: ['ok', ''] }, 'tags.1'],
  [{ title: 'x', reminders: [{ type: 'before' }] }, 'reminders.0.offset'],
  [{ title: 'x', reminders: [{ type: 'before', offset: '-PT1H' }] }, 'reminders.0.offset'],
  [{ title: 'x', reminders: [{ type: 'before', offset: 'one hour' }] }, 'reminders.0.offset'],
  [{ title: 'x', reminders: [{ type: 'at' }] }, 'reminders.0.at'],
  [{ title: 'x', reminders: [{ type: 'at', at: '2031-01-01T09:00:00' }] }, 'reminders.0.at'],
  [{ title: 'x', reminders: [{ type: '1_hour_before', offset: 'PT1H' }] }, 'reminders.0.offset'],
  [{ title: 'x', reminders: [{ type: 'sometimes' }] }, 'reminders.0.type'],
]

test('an invalid task returns 422 problem+json naming the field', async (t) => {
  const { signup, service } = await startChatApi(t)
  const ada = await signup()
  const before = (await service.outbox('tasks')).length
  for (const [task, path] of invalidTasks) {
    const { status, headers, body } = await ada.post('/api/v1/tasks', task)
    assert.equal(status, 422, JSON.stringify(task))
    assert.equal(headers.get('content-type'), 'application/problem+json; charset=utf-8')
    assert.deepEqual([body.type, body.status], ['urn:taskflow:problem:invalid', 422])
    assert.ok(
      body.errors.some((error: { path: string }) => error.path === path),
      `${JSON.stringify(task)}: ${JSON.stringify(body.errors)}`,
    )
  }
  assert.equal((await service.outbox('tasks')).length, before, 'nothing was written')
})

test('an invalid rule is rejected with the part named', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  for (const recurrence_rule of [
    'sometimes',
    'FREQ=DAILY;COUNT=3;UNTIL=20310101T000000Z',
    'FREQ=DAILY;BYEASTER=1',
    'FREQ=DAILY;INTERVAL=-1',
  ]) {
    const { status, body } = await ada.post('/api/v1/tasks', { title: 'x', recurrence_rule })
    assert.deepEqual([status, body.errors[0].path], [422, 'recurrence_rule'], recurrence_rule)
  }
})

test('a body that is not JSON returns 400, too large 413, another media type 415', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  assert.equal((await ada.post('/api/v1/tasks', '{"title":')).status, 400)
  assert.equal((await ada.post('/api/v1/tasks', { title: 'x'.repeat(1_100_000) })).status, 413)
  assert.equal(
    (await ada.post('/api/v1/tasks', 'title=x', { 'content-type': 'application/x-www-form-urlencoded' })).status,
    415,
  )
  assert.equal((await ada.post('/api/v1/tasks')).status, 422)
})

test('query parameters are validated too', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  for (const search of [
    'limit=0',
    'limit=many',
    'cursor=nonsense',
    'sort=colour',
    'is_completed=maybe',
    'series_id=7',
  ]) {
    const { status, body } = await ada.get(`/api/v1/tasks?${search}`)
    assert.deepEqual([status, body.errors[0].path], [422, search.split('=')[0]], search)
  }
})

test('an unknown path returns 404 problem+json', async (t) => {
  const { anonymous } = await startChatApi(t)
  const { status, body } = await anonymous.get('/api/v1/nothing')
  assert.deepEqual([status, body.title], [404, 'Not Found'])
})

test('while the sidecar is unavailable audit queries return 503 and everything else works', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  const { status, body } = await ada.get('/api/v1/audit')
  assert.deepEqual([status, body.status], [503, 503])
  assert.equal((await ada.post('/api/v1/tasks', { title: 'x' })).status, 201)
})

test('an unsupported method returns 405 with the allowed ones; OPTIONS lists them', async (t) => {
  const { anonymous, service } = await startChatApi(t)
  const { status, headers, body } = await anonymous.send('PUT', '/api/v1/tasks')
  assert.deepEqual([status, headers.get('allow')], [405, 'POST, GET, HEAD'])
  assert.equal(body.type, 'urn:taskflow:problem:method-not-allowed')
  const options = await fetch(`${service.url}/api/v1/tasks`, { method: 'OPTIONS' })
  assert.deepEqual([options.status, options.headers.get('allow')], [204, 'POST, GET, HEAD'])
  // A literal segment is not taken for a parameter.
  assert.equal((await anonymous.send('PATCH', '/api/v1/tasks/bulk')).headers.get('allow'), 'POST')
  assert.equal((await anonymous.send('DELETE', '/dapr/subscribe')).status, 404)
})
