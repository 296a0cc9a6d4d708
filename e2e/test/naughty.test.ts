import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startAuditLogger } from '@taskflow/audit-logger/testing/start-audit-logger'
import { filesOf } from '@taskflow/chat-api/testing/files'
import { startChatApi } from '@taskflow/chat-api/testing/start-chat-api'
import blns from 'big-list-of-naughty-strings' with { type: 'json' }

/** The Big List of Naughty Strings, and some that cannot be written in its file. */
const naughty: string[] = [
  ...blns,
  ...['\0', 'nul \0 within', '\ud800', 'half \udfff of a pair', '\ufeffbegins with a mark', '\u2028', '\x7f\x1b[31m'],
  ...[
    'x'.repeat(50),
    '💥'.repeat(25),
    '💥'.repeat(51),
    'é'.normalize('NFD').repeat(60),
    'é'.normalize('NFD').repeat(9),
    '\u200b',
    '\u202e',
    'a\r\nb',
  ],
  ...['{"a":1}', "E'\\x00'", '$1', '%00', '%', '__proto__', 'constructor', 'toString', '-0', '1e400'],
]

/** The stored form of a text of at most `max` characters; undefined if it is refused. */
const kept = (text: string, max: number, min = 1): string | undefined => {
  const trimmed = text.trim()
  const isText = !trimmed.includes('\0') && trimmed.isWellFormed()
  const { length } = [...trimmed]
  return isText && length >= min && length <= max ? trimmed : undefined
}

const listed = (text: string | undefined) => (text === undefined ? undefined : [text])

/** Stores passwords unhashed: hashing is not tested here. */
const passwords: NonNullable<NonNullable<Parameters<typeof startChatApi>[1]>['passwords']> = {
  hash: async (password) => Buffer.from(password).toString('hex'),
  matches: async (password, stored) => stored === Buffer.from(password).toString('hex'),
}

const unlimited = {
  API_REQUESTS_PER_MINUTE: '0',
  ANONYMOUS_REQUESTS_PER_MINUTE: '0',
  SIGNUPS_PER_HOUR: '0',
  LOGIN_FAILURES_ALLOWED: '0',
  LOGIN_FAILURES_ALLOWED_PER_ADDRESS: '0',
}

const start = async (t: Parameters<typeof startChatApi>[0]) => {
  const api = await startChatApi(t, { passwords }, unlimited)
  return { ...api, ada: await api.signup() }
}

interface Sent {
  status: number
  body: { type: string; errors: { path: string }[] }
}

/** Asserts that the request was refused because of this field, with one of our messages. */
const assertRefused = ({ status, body }: Sent, path: string, text: string) => {
  const paths = body.errors?.map((error) => error.path) ?? []
  assert.deepEqual([status, body.type], [422, 'urn:taskflow:problem:invalid'], JSON.stringify(text))
  assert.ok(
    paths.some((each) => each === path || each.startsWith(`${path}.`)),
    `${JSON.stringify(text)}: ${paths}`,
  )
}

/** Sends a text in several fields, then one by one in those not refused. Returns the fields that were accepted. */
const acceptedFields = async (text: string, fields: Record<string, unknown>, send: (some: object) => Promise<Sent>) => {
  const names = Object.keys(fields)
  const all = await send(fields)
  if (all.status < 300) return names
  const paths = all.body.errors.map(({ path }) => path)
  const isNamed = (name: string) => paths.some((path) => path === name || path.startsWith(`${name}.`))
  const refused = names.filter(isNamed)
  assertRefused(all, refused[0] ?? '', text)
  const others: string[] = []
  for (const name of names.filter((each) => !refused.includes(each))) {
    const answer = await send({ [name]: fields[name] })
    if (answer.status < 300) others.push(name)
    else assertRefused(answer, name, text)
  }
  return others
}

test('every task field stores any text unchanged, labels in one Unicode form, or is named in the error; events and audit log match', async (t) => {
  const { service, ada } = await start(t)
  const changing = (await ada.post('/api/v1/tasks', { title: 'x' })).body.id
  const titles = new Set<string>()
  for (const text of naughty) {
    const sent = { title: text, description: text, category: text, tags: [text] }
    const expected = {
      title: kept(text, 500),
      description: kept(text, 10_000, 0),
      category: kept(text, 100)?.normalize(),
      tags: listed(kept(text, 50)?.normalize()),
    }
    const refused = Object.entries(expected).flatMap(([field, value]) => (value === undefined ? [field] : []))
    if (refused.length > 0) {
      const answers = [await ada.post('/api/v1/tasks', sent), await ada.patch(`/api/v1/tasks/${changing}`, sent)]
      for (const answer of answers) {
        for (const field of refused) assertRefused(answer, field, text)
        assert.equal(answer.body.errors.length, refused.length)
      }
    }
    const good = Object.fromEntries(Object.entries(sent).filter(([field]) => !refused.includes(field)))
    const created = await ada.post('/api/v1/tasks', { title: 'x', ...good })
    const changed = await ada.patch(`/api/v1/tasks/${changing}`, good)
    assert.deepEqual([created.status, changed.status], [201, 200], JSON.stringify(text))
    const read = (await ada.get(`/api/v1/tasks/${created.body.id}`)).body
    for (const task of [created.body, changed.body, read]) {
      for (const field of Object.keys(good))
        assert.deepEqual(task[field], expected[field as keyof typeof expected], JSON.stringify(text))
    }
    if (expected.title !== undefined) titles.add(expected.title)
  }
  const events = await service.outbox('tasks')
  const created = events.filter(({ event }) => event.type === 'task.created').map(({ event }) => event.data.task)
  assert.ok(titles.isSubsetOf(new Set(created.map((task) => (task as { title: string }).title))))

  const audit = await startAuditLogger(t, {}, { database: service.database })
  for (const topic of ['task-events', 'user-events'] as const) {
    const messages = events.filter((each) => each.topic === topic).map(({ event }) => event)
    for (let from = 0; from < messages.length; from += 500) {
      const statuses = await audit.deliver(topic, messages.slice(from, from + 500))
      assert.ok(statuses.every((status) => status === 'SUCCESS'))
    }
  }
  const recorded = new Set<string>()
  let cursor: string | null = ''
  while (cursor !== null) {
    const { body } = await audit.ask(
      `/audit/events?type=task.created&user_id=${ada.id}&limit=1000${cursor && `&cursor=${cursor}`}`,
    )
    for (const { data } of body.data) recorded.add(data.task.title)
    cursor = body.next_cursor
  }
  assert.ok(titles.isSubsetOf(recorded))
  const { rows } = await service.database.pool.query(`SELECT state, count(*)::int FROM audit.inbox GROUP BY state`)
  assert.deepEqual(
    rows.map(({ state }) => state),
    ['done'],
  )
})

test('any text can be a search, a filter or a cursor', async (t) => {
  const { ada } = await start(t)
  for (const text of naughty) {
    const queryOf = (some: object) => new URLSearchParams(some as Record<string, string>)
    await acceptedFields(text, { sort: text, due_after: text, limit: text, cursor: text }, (some) =>
      ada.get(`/api/v1/tasks?${queryOf(some)}`),
    )
    await acceptedFields(text, { tag: text, category: text }, (some) => ada.get(`/api/v1/tasks?${queryOf(some)}`))
    await acceptedFields(text, { cursor: text }, (some) => ada.get(`/api/v1/tags?${queryOf(some)}`))
    await acceptedFields(text, { q: text }, (some) => ada.get(`/api/v1/search?${queryOf(some)}`))
  }
})

/** Without the characters that separate the parts of a line. */
const letters = (line: string) => line.replaceAll(/[\s,;"“”]/g, '')

test('quick add creates a task from any text, and keeps unrecognized parts in the title', async (t) => {
  const { ada } = await start(t)
  for (const text of naughty) {
    const answer = await ada.post('/api/v1/tasks/quick-add', { text })
    if (answer.status !== 201) assertRefused(answer, 'text', text)
    else if (answer.body.understood.length === 0) {
      const title = (await ada.get(`/api/v1/tasks/${answer.body.task.id}`)).body.title
      assert.equal(title, answer.body.task.title)
      assert.equal(letters(title), letters(text), JSON.stringify(text))
    }
  }
})

test('labels can have any name', async (t) => {
  const { ada } = await start(t)
  await ada.post('/api/v1/tasks', { title: 'x', tags: ['first'], category: 'first' })
  for (const [path, max] of [
    ['/api/v1/tags', 50],
    ['/api/v1/categories', 100],
  ] as const) {
    let name = 'first'
    // A client would resolve . and .. in a path.
    for (const text of naughty.filter((each) => !/^\.\.?$/.test(each))) {
      const answer = await ada.patch(`${path}/${encodeURIComponent(name)}`, { name: text })
      const expected = kept(text, max)?.normalize()
      if (expected === undefined) {
        assertRefused(answer, 'name', text)
        continue
      }
      assert.deepEqual([answer.status, answer.body.name], [200, expected], JSON.stringify([name, text]))
      name = expected
      assert.deepEqual((await ada.get(path)).body.data, [{ name, open_tasks: 1 }])
    }
  }
})

test('an account can have any name and password; other fields accept valid values', async (t) => {
  const { signup, anonymous, ada } = await start(t)
  const person = () => ({ email: `${crypto.randomUUID()}@example.com`, password: 'correct horse', name: 'Ada' })
  for (const text of naughty) {
    const named = await ada.patch('/api/v1/auth/me', { name: text })
    const token = await ada.post('/api/v1/auth/tokens', { name: text, scopes: ['tasks:read'] })
    if (kept(text, 200) === undefined) assertRefused(named, 'name', text)
    else assert.deepEqual([named.status, named.body.name], [200, kept(text, 200)])
    if (kept(text, 100) === undefined) assertRefused(token, 'name', text)
    else assert.deepEqual([token.status, token.body.name], [201, kept(text, 100)])
    // An account can have a limited number of tokens.
    if (token.status === 201) await ada.delete(`/api/v1/auth/tokens/${token.body.id}`)

    await acceptedFields(text, { email: text, time_zone: text, locale: text }, (some) =>
      anonymous.post('/api/v1/auth/signup', { ...person(), ...some }),
    )
    const { email } = person()
    const secured = await anonymous.post('/api/v1/auth/signup', { ...person(), email, password: text })
    if (secured.status === 201) {
      assert.equal((await anonymous.post('/api/v1/auth/login', { email, password: text })).status, 200)
      assert.equal((await anonymous.post('/api/v1/auth/login', { email, password: `${text} ` })).status, 401)
    } else assertRefused(secured, 'password', text)
    const login = await anonymous.post('/api/v1/auth/login', { email: text, password: text })
    if (login.status !== 401) assertRefused(login, text.length > 200 ? 'password' : 'email', text)
    assert.equal((await anonymous.post('/api/v1/auth/refresh', { refresh_token: text.slice(0, 200) })).status, 401)
  }
  assert.equal((await signup()).name, 'Ada')
})

const shortened = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text).toWellFormed()

test('rules, dates and addresses are accepted or refused', async (t) => {
  const { ada } = await start(t)
  const { id } = (await ada.post('/api/v1/tasks', { title: 'x' })).body
  for (const text of naughty) {
    const dates = {
      recurrence_rule: text,
      due_date: text,
      time_zone: text,
      reminders: [{ type: 'before', offset: text }],
    }
    await acceptedFields(text, dates, (some) => ada.post('/api/v1/tasks', { title: 'x', ...some }))
    const preview = { rule: 'daily', start: '2031-01-01T09:00:00' }
    await acceptedFields(text, { rule: text, start: text }, (some) =>
      ada.post('/api/v1/recurrence/preview', { ...preview, ...some }),
    )
    await acceptedFields(text, { rule: text, start_date: text }, (some) =>
      ada.post('/api/v1/recurring-tasks', { title: 'x', rule: 'daily', start_date: '2031-01-01', ...some }),
    )
    await acceptedFields(text, { for: text }, (some) => ada.post(`/api/v1/tasks/${id}/reminders/${id}/snooze`, some))
    assertRefused(await ada.post('/api/v1/tasks', { title: 'x', [text]: text }), shortened(text), text)
    const webhook = await ada.send('PUT', '/api/v1/notifications/webhook', { url: text })
    if (webhook.status !== 200) assertRefused(webhook, 'url', text)
    const inPath = await ada.get(`/api/v1/tasks/${encodeURIComponent(text.toWellFormed())}`)
    assert.ok([200, 404].includes(inPath.status))
  }
})

test('a file can contain any text, in each format', async (t) => {
  const api = await start(t)
  const { ada } = api
  const { import: send, export: take } = filesOf(api, ada.token)
  const tasks = naughty.map((text) => ({ title: text, description: text, tags: [text], category: text }))
  const sent = await send('application/json', JSON.stringify({ tasks }))
  assert.equal(sent.status, 200)
  sent.body.data.forEach((result: { status: string; errors?: { path: string }[] }, index: number) => {
    const isKept = kept(naughty[index]!, 50) !== undefined
    assert.equal(result.status, isKept ? 'created' : 'refused', JSON.stringify(naughty[index]))
    if (!isKept) assert.match(result.errors![0]!.path, /^(title|description|tags|category)/)
  })
  const eve = await api.signup()
  const hers = filesOf(api, eve.token)
  for (const [format, type] of [
    ['csv', 'text/csv'],
    ['ics', 'text/calendar'],
  ] as const) {
    const { status, body } = await hers.import(type, await take(format))
    assert.deepEqual([status, body.refused], [200, 0], JSON.stringify(body.data.find((each: Sent) => 'errors' in each)))
  }
  for (const text of naughty) {
    for (const type of ['text/csv', 'text/calendar', 'application/json']) {
      const { status } = await hers.import(type, type === 'text/csv' ? `title\n${text}` : text)
      assert.ok(status < 500, `${type} ${JSON.stringify(text)}: ${status}`)
    }
  }
})
