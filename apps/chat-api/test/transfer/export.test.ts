import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import ICAL from 'ical.js'
import { readCsv } from '../../src/transfer/csv.ts'
import { filesOf } from '../../testing/files.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

const now = '2026-03-27T11:00:00Z'
const start = async (t: Parameters<typeof startChatApi>[0]) => {
  const api = await startChatApi(t, { clock: fakeClock(now) })
  const [ada, eve] = [await api.signup({ time_zone: 'Europe/Berlin' }), await api.signup()]
  return { api, ada, eve, files: filesOf(api, ada.token) }
}

test('an export contains all data of its user, no one else’s, and no secrets', async (t) => {
  const { api, ada, eve, files } = await start(t)
  const task = async (fields: object) => (await ada.post('/api/v1/tasks', fields)).body
  const open = await task({
    title: 'Open',
    tags: ['a'],
    due_date: '2026-04-01T07:00:00Z',
    reminders: [{ type: '1_hour_before' }],
  })
  const done = await task({ title: 'Done' })
  await ada.post(`/api/v1/tasks/${done.id}/complete`)
  const deleted = await task({ title: 'Gone' })
  await ada.delete(`/api/v1/tasks/${deleted.id}`)
  const recurring = await task({ title: 'Again', due_date: '2026-04-02T07:00:00Z', recurrence_rule: 'weekly' })
  await eve.post('/api/v1/tasks', { title: 'of Eve' })
  const webhook = await ada.send('PUT', '/api/v1/notifications/webhook', { url: 'https://example.com/hook' })
  const { status, headers, text } = await files.get('/api/v1/export')
  const file = JSON.parse(text)
  assert.equal(status, 200)
  assert.equal(headers.get('content-disposition'), 'attachment; filename="taskflow-2026-03-27.json"')
  assert.deepEqual(Object.keys(file), [
    'format',
    'version',
    'exported_at',
    'profile',
    'preferences',
    'webhook',
    'sessions',
    'passkeys',
    'linked_accounts',
    'apps',
    'api_tokens',
    'recurring_tasks',
    'tasks',
  ])
  const { email, time_zone, email_confirmed } = file.profile
  assert.deepEqual([email, time_zone, email_confirmed], [ada.email, 'Europe/Berlin', true])
  assert.deepEqual(file.webhook, { url: 'https://example.com/hook' })
  assert.deepEqual(
    file.tasks.map(({ title }: { title: string }) => title),
    ['Again', 'Done', 'Open'],
  )
  assert.deepEqual(
    file.tasks.find(({ id }: { id: string }) => id === open.id),
    open,
  )
  assert.deepEqual(
    file.recurring_tasks.map(({ id }: { id: string }) => id),
    [recurring.series_id],
  )
  assert.doesNotMatch(text, /of Eve|Gone|password|hash|secret|argon/)
  assert.ok(!text.includes(webhook.body.secret) && !text.includes(ada.token) && !text.includes(eve.id))
  assert.equal((await filesOf(api).get('/api/v1/export')).status, 401)
})

test('an export names what has access to the account, by names and dates only', async (t) => {
  const { api, ada, files } = await start(t)
  const { pool } = api.service.database
  const grant = { resources: { '/mcp': 'tasks:read' }, jti: 'id-of-the-grant' }
  await pool.query(
    `INSERT INTO identity.passkeys (id, user_id, name, public_key, counter, transports, created_at)
     VALUES ('id-of-the-passkey', $1, 'Phone', 'key-of-the-passkey', 0, '{}', $2)`,
    [ada.id, now],
  )
  await pool.query(
    `INSERT INTO identity.openid_links (id, user_id, issuer, subject, email, created_at)
     VALUES (gen_random_uuid(), $1, 'https://accounts.example/', 'ada-there', 'ada@example.org', $2)`,
    [ada.id, now],
  )
  await pool.query(
    `INSERT INTO identity.oauth_state (model, id, user_id, payload, about, created_at, expires_at)
     VALUES ('Grant', 'id-of-the-grant', $1, $2, '{"name": "Cursor", "host": "cursor"}', $3, '2027-01-01T00:00:00Z')`,
    [ada.id, grant, now],
  )
  const { body: token } = await ada.post('/api/v1/auth/tokens', { name: 'Script', scopes: ['tasks:read'] })
  const text = await files.export()
  const { sessions, passkeys, linked_accounts, apps, api_tokens } = JSON.parse(text)
  const at = '2026-03-27T11:00:00Z'
  const dates = { created_at: at, last_used_at: null }
  assert.deepEqual(passkeys, [{ name: 'Phone', ...dates }])
  assert.deepEqual(linked_accounts, [
    { issuer: 'https://accounts.example/', subject: 'ada-there', email: 'ada@example.org', ...dates },
  ])
  assert.deepEqual(apps, [
    { name: 'Cursor', host: 'cursor', scopes: ['tasks:read'], connected_at: at, last_used_at: null },
  ])
  assert.deepEqual(api_tokens, [
    { name: 'Script', scopes: ['tasks:read'], ...dates, expires_at: '2026-06-25T11:00:00Z' },
  ])
  assert.deepEqual(sessions, [
    {
      ...{ user_agent: 'node', network: '127.0.0.1', created_at: at, last_used_at: at },
      expires_at: '2026-04-26T11:00:00Z',
    },
  ])
  for (const secret of ['id-of-the-grant', 'id-of-the-passkey', 'key-of-the-passkey', token.token, ada.refresh_token]) {
    assert.ok(!text.includes(secret), secret)
  }
  assert.equal((await files.import('application/json', text)).status, 200)
})

test('pages join without a gap: 1,203 tasks in each format', async (t) => {
  const { api, ada, files } = await start(t)
  await api.service.database.pool.query(
    `INSERT INTO tasks.tasks (id, user_id, title, description, priority, due_date, time_zone, is_completed, recurrence_interval,
       recurrence_mode, recurrence_anchor, recurrence_catch_up, tags, version, created_at, updated_at)
     SELECT gen_random_uuid(), $1, 'n' || n, '', 'low', now(), 'UTC', false, 1, 'on_completion', 'due_date', 'skip', '{}', 1, now(), now()
     FROM generate_series(1, 1203) AS n`,
    [ada.id],
  )
  const all = (titles: string[]) => new Set(titles).size
  const json = JSON.parse(await files.export())
  assert.equal(all(json.tasks.map(({ title }: { title: string }) => title)), 1_203)
  assert.equal(readCsv(await files.export('csv'), 5_000).length, 1_204)
  const calendar = new ICAL.Component(ICAL.parse(await files.export('ics')))
  assert.equal(
    all(calendar.getAllSubcomponents('vtodo').map((todo) => String(todo.getFirstPropertyValue('summary')))),
    1_203,
  )
})

test('no CSV cell is a formula', async (t) => {
  const { ada, files } = await start(t)
  const titles = ['=1+1', '+1', '-1', '@SUM(A1)', "'=quoted", '＝1', 'a,"b"', 'two\nlines', 'plain']
  for (const title of titles) await ada.post('/api/v1/tasks', { title, tags: ['=tag', 'x,y'], category: '@home' })
  const text = await files.export('csv')
  assert.doesNotMatch(text, /(?:^|,)"?[=+\-@＝]/m)
  const [header, ...rows] = readCsv(text, 100)
  const column = (name: string) => rows.map(({ cells }) => cells[header!.cells.indexOf(name)])
  assert.deepEqual(column('title'), titles.toReversed())
  assert.deepEqual(new Set(column('category')), new Set(['@home']))
})

test('a calendar holds tasks as to-dos, with their zone, rule and alarms', async (t) => {
  const { ada, files } = await start(t)
  await ada.post('/api/v1/tasks', {
    title: 'Line\r\none; two, three \\ "x"\u0007',
    description: 'long '.repeat(100),
    due_date: '2026-04-01T07:00:00Z',
    recurrence_rule: 'weekly',
    recurrence_interval: 2,
    tags: ['a,b', 'c'],
    category: 'home',
    priority: 'high',
    reminders: [
      { type: 'before', offset: 'P1M' },
      { type: 'after', offset: 'PT5M' },
    ],
  })
  const done = await ada.post('/api/v1/tasks', { title: 'Done' })
  await ada.post(`/api/v1/tasks/${done.body.id}/complete`)
  const text = await files.export('ics')
  assert.ok(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\n')))
  const todos = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vtodo')
  const [completed, todo] = todos as [ICAL.Component, ICAL.Component]
  const value = (name: string, of = todo) => String(of.getFirstPropertyValue(name))
  assert.equal(value('summary'), 'Line\none; two, three \\ "x"')
  assert.deepEqual(
    [value('due'), todo.getFirstProperty('due')?.getFirstParameter('tzid')],
    ['2026-04-01T09:00:00', 'Europe/Berlin'],
  )
  assert.deepEqual(
    [value('rrule'), value('priority'), value('x-taskflow-category')],
    ['FREQ=WEEKLY;INTERVAL=2', '1', 'home'],
  )
  assert.deepEqual(todo.getFirstProperty('categories')?.getValues(), ['a,b', 'c'])
  const triggers = todo.getAllSubcomponents('valarm').map((alarm) => String(alarm.getFirstPropertyValue('trigger')))
  assert.deepEqual(triggers, ['2026-03-01T08:00:00Z', 'PT5M'])
  assert.deepEqual([value('status', completed), value('completed', completed)], ['COMPLETED', now])
})

test('a rule that counts is in the calendar and comes back', async (t) => {
  const { api, ada, eve, files } = await start(t)
  const recurrence_rule = 'FREQ=WEEKLY;BYDAY=MO;COUNT=5'
  await ada.post('/api/v1/tasks', { title: 'Five', due_date: '2027-01-04T08:00:00Z', recurrence_rule })
  const { body } = await filesOf(api, eve.token).import('text/calendar', await files.export('ics'))
  assert.equal((await eve.get(`/api/v1/tasks/${body.data[0].id}`)).body.recurrence_rule, recurrence_rule)
})

test('API tokens need the scopes of the exported data', async (t) => {
  const { api, ada } = await start(t)
  const status = async (scopes: string[], format: string) => {
    const { body } = await ada.post('/api/v1/auth/tokens', { name: 'x', scopes })
    return (await filesOf(api, body.token).get(`/api/v1/export?format=${format}`)).status
  }
  assert.equal(await status(['tasks:read'], 'csv'), 200)
  assert.equal(await status(['tasks:read'], 'json'), 403)
  assert.equal(await status(['tasks:read', 'account:read'], 'json'), 200)
  assert.equal(await status(['account:read'], 'ics'), 403)
  assert.equal((await filesOf(api, ada.token).get('/api/v1/export?format=xml')).status, 422)
})
