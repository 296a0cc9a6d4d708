import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { filesOf } from '../../testing/files.ts'
import { connectMcp } from '../../testing/mcp-client.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

const start = async (t: Parameters<typeof startChatApi>[0], env: Record<string, string>) => {
  const api = await startChatApi(t, { clock: fakeClock('2026-11-21T10:00:00Z') }, env)
  return { api, ada: await api.signup() }
}

const openTasks = {
  type: 'urn:taskflow:problem:quota-exceeded',
  detail: /the limit "open tasks"\); complete or delete/,
}

const assertRefused = (answer: { status: number; body: { type: string; detail: string } }, wanted = openTasks) => {
  assert.equal(answer.status, 403)
  assert.equal(answer.body.type, wanted.type)
  assert.match(answer.body.detail, wanted.detail)
}

test('a person has so many open tasks, however they are made; completing one makes room', async (t) => {
  const { api, ada } = await start(t, { QUOTA_OPEN_TASKS: '3' })
  const ids: string[] = []
  for (const title of ['a', 'b', 'c']) ids.push((await ada.post('/api/v1/tasks', { title })).body.id)
  assertRefused(await ada.post('/api/v1/tasks', { title: 'd' }))
  assertRefused(await ada.post('/api/v1/tasks/quick-add', { text: 'd' }))
  assert.equal((await ada.patch(`/api/v1/tasks/${ids[0]}`, { title: 'still changed' })).status, 200)
  assert.equal((await ada.post(`/api/v1/tasks/${ids[0]}/complete`)).status, 200)
  assert.equal((await ada.post('/api/v1/tasks', { title: 'd' })).status, 201)
  assertRefused(await ada.post(`/api/v1/tasks/${ids[0]}/reopen`))
  assert.equal((await ada.delete(`/api/v1/tasks/${ids[1]}`)).status, 204)
  assert.equal((await ada.post('/api/v1/tasks', { title: 'e' })).status, 201)
  assertRefused(await ada.post(`/api/v1/tasks/${ids[1]}/restore`))
  const eve = await api.signup()
  assert.equal((await eve.post('/api/v1/tasks', { title: 'hers' })).status, 201, 'others are not affected')
  assert.deepEqual((await eve.get('/api/v1/usage')).body, {
    open_tasks: { used: 1, allowed: 3 },
    recurring_tasks: { used: 0, allowed: 500 },
    bytes: { used: 1_004, allowed: 100_000_000 },
  })
})

test('of a bulk request, a call of a tool and a file, what is too much is refused and the rest is done', async (t) => {
  const { api, ada } = await start(t, { QUOTA_OPEN_TASKS: '2', QUOTA_RECURRING_TASKS: '1' })
  const create = (title: string, task = {}) => ({ action: 'create', task: { title, ...task } })
  const { body } = await ada.post('/api/v1/tasks/bulk', { operations: ['a', 'b', 'c'].map((title) => create(title)) })
  assert.deepEqual(
    body.results.map(({ status }: { status: number }) => status),
    [201, 201, 403],
  )
  assert.match(body.results[2].problem.detail, /the limit "open tasks"/)

  const eve = await api.signup()
  const { body: made } = await eve.post('/api/v1/auth/tokens', {
    name: 'client',
    scopes: ['tasks:read', 'tasks:write'],
  })
  const mcp = await connectMcp(t, api.service.url, made.token)
  const tasks = ['a', 'b', 'c'].map((title) => ({ title }))
  const { structuredContent } = await mcp.callTool({ name: 'add_tasks', arguments: { tasks } })
  const { done, results } = structuredContent as { done: number; results: { reason?: string }[] }
  assert.equal(done, 2)
  assert.match(results[2]!.reason!, /the limit "open tasks"/)

  const bob = await api.signup()
  const file = {
    tasks: [
      { title: 'a', recurrence_rule: 'daily' },
      { title: 'b', recurrence_rule: 'daily' },
      { title: 'c' },
      { title: 'd' },
    ],
  }
  const imported = await filesOf(api, bob.token).import('application/json', JSON.stringify(file))
  assert.equal(imported.status, 200)
  assert.deepEqual(
    imported.body.data.map(({ status }: { status: string }) => status),
    ['created', 'refused', 'created', 'refused'],
  )
  assert.match(imported.body.data[1].errors[0].message, /the limit "recurring tasks"/)
  assert.match(imported.body.data[3].errors[0].message, /the limit "open tasks"/)
})

test('a person has so many recurring tasks, made from tasks too', async (t) => {
  const { ada } = await start(t, { QUOTA_RECURRING_TASKS: '1' })
  const series = { title: 'x', rule: 'daily', start_date: '2026-12-01' }
  const wanted = { ...openTasks, detail: /the limit "recurring tasks"\); delete some/ }
  const { body } = await ada.post('/api/v1/recurring-tasks', series)
  assertRefused(await ada.post('/api/v1/recurring-tasks', series), wanted)
  assertRefused(await ada.post('/api/v1/tasks', { title: 'x', recurrence_rule: 'daily' }), wanted)
  const task = (await ada.post('/api/v1/tasks', { title: 'x' })).body
  assertRefused(await ada.patch(`/api/v1/tasks/${task.id}`, { recurrence_rule: 'daily' }), wanted)
  assert.equal((await ada.delete(`/api/v1/recurring-tasks/${body.id}`)).status, 204)
  assert.equal((await ada.patch(`/api/v1/tasks/${task.id}`, { recurrence_rule: 'daily' })).status, 200)
})

test('a person stores so much text; deleted tasks count until they are removed', async (t) => {
  const { ada } = await start(t, { QUOTA_STORED_MB: '1' })
  const description = 'd'.repeat(9_000)
  const operations = Array(100).fill({ action: 'create', task: { title: 'x', description } })
  const { body } = await ada.post('/api/v1/tasks/bulk', { operations })
  const created = body.results.filter(({ status }: { status: number }) => status === 201)
  assert.equal(created.length, 99)
  const wanted = { ...openTasks, detail: /1 MB of stored text \(the limit "stored text"\)/ }
  assertRefused(await ada.post('/api/v1/tasks', { title: 'x', description }), wanted)
  const { id } = created[0].task
  await ada.delete(`/api/v1/tasks/${id}`)
  assertRefused(await ada.post('/api/v1/tasks', { title: 'x', description }), wanted)
  assert.equal((await ada.post('/api/v1/tasks', { title: 'short' })).status, 201)
})

test('two replicas together let nobody over a quota', async (t) => {
  const api = await startChatApi(t, {}, { QUOTA_OPEN_TASKS: '20' })
  const ada = await api.signup()
  const other = await startChatApi(t, {}, { QUOTA_OPEN_TASKS: '20' }, api.service.database)
  const post = (url: string, title: string) =>
    fetch(`${url}/api/v1/tasks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ title }),
    }).then(({ status }) => status)
  const statuses = await Promise.all(
    Array.from({ length: 40 }, (_, index) => post(index % 2 ? api.service.url : other.service.url, `task ${index}`)),
  )
  assert.equal(statuses.filter((status) => status === 201).length, 20)
  assert.equal(statuses.filter((status) => status === 403).length, 20)
})

test('what a person uses is added up exactly, and forgotten with the account', async (t) => {
  const { api, ada } = await start(t, {})
  const { pool } = api.service.database
  const add = { action: 'create', task: { title: 'é', tags: ['a', 'b'], category: 'c', recurrence_rule: 'daily' } }
  for (let round = 0; round < 3; round++) await ada.post('/api/v1/tasks/bulk', { operations: Array(30).fill(add) })
  const { body } = await ada.get('/api/v1/tasks?limit=50')
  for (const { id } of body.data.slice(0, 10)) await ada.post(`/api/v1/tasks/${id}/complete`)
  for (const { id } of body.data.slice(10, 20)) await ada.delete(`/api/v1/tasks/${id}`)
  await ada.patch('/api/v1/tags/a', { name: 'longer' })
  for (const { id } of body.data.slice(20)) await ada.post(`/api/v1/tasks/${id}/complete`)
  const usage = async () => {
    const { rows } = await pool.query(
      `SELECT sum(open_tasks)::int AS open_tasks, sum(series)::int AS series, sum(bytes)::int AS bytes, count(*)::int AS rows
       FROM tasks.usage WHERE user_id = $1`,
      [ada.id],
    )
    return rows[0]
  }
  const { rows, ...used } = await usage()
  const { rows: counted } = await pool.query(
    `SELECT (SELECT count(*)::int FROM tasks.tasks WHERE NOT is_completed AND deleted_at IS NULL) AS open_tasks,
            (SELECT count(*)::int FROM tasks.series WHERE deleted_at IS NULL) AS series,
            (SELECT sum(size)::int FROM (
              SELECT 1000 + octet_length(title || description || array_to_string(tags, ' ') || category) AS size FROM tasks.tasks
              UNION ALL
              SELECT 1000 + octet_length(title || description || array_to_string(tags, ' ') || category) FROM tasks.series
            ) AS sizes) AS bytes`,
  )
  assert.deepEqual(used, counted[0])
  assert.ok(rows <= 60, `${rows} rows for 90 tasks and their changes: rows are merged, after completions too`)
  assert.equal((await ada.send('DELETE', '/api/v1/auth/me', { password: ada.password })).status, 204)
  assert.equal((await usage()).rows, 0)
})

test('a recurring task on schedule is due at most hourly; on completion as often as its person completes it', async (t) => {
  const { ada } = await start(t, {})
  const series = { title: 'x', start_date: '2026-12-01T09:00:00' }
  const often = ['FREQ=SECONDLY;INTERVAL=30', 'FREQ=MINUTELY;INTERVAL=30', 'FREQ=HOURLY;BYMINUTE=0,30']
  for (const rule of often) {
    const refused = await ada.post('/api/v1/recurring-tasks', { ...series, rule, recurrence_mode: 'on_schedule' })
    assert.equal(refused.status, 422, rule)
    assert.match(refused.body.errors[0].message, /RRULE: is due more than 24 times a day/)
    const kept = await ada.post('/api/v1/recurring-tasks', { ...series, rule, recurrence_mode: 'on_completion' })
    assert.equal(kept.status, 201, rule)
    const switched = await ada.patch(`/api/v1/recurring-tasks/${kept.body.id}`, { recurrence_mode: 'on_schedule' })
    assert.equal(switched.status, 422, rule)
  }
  for (const rule of ['FREQ=HOURLY', 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0,15,30', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'])
    for (const start_date of ['2026-12-01T09:00:00', '2026-10-24T12:00:00', '2026-03-28T12:00:00']) {
      const body = { title: 'x', rule, start_date, time_zone: 'Europe/Berlin', recurrence_mode: 'on_schedule' }
      assert.equal((await ada.post('/api/v1/recurring-tasks', body)).status, 201, `${rule} ${start_date}`)
    }
})
