import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { reminderDue, type Task, taskCreated } from '@taskflow/event-contracts'
import { anEvent, aTask, eventuallyWithin, fakeClock } from '@taskflow/test-kit'
import { startChatApi } from '../../testing/start-chat-api.ts'

const eventually = eventuallyWithin(20)

interface Message {
  id?: string
  event?: string
  data?: string
}

/** Reads a stream of Server-Sent Events. */
const listen = async (t: TestContext, url: string, token: string, headers: Record<string, string> = {}) => {
  const abort = new AbortController()
  t.after(() => abort.abort())
  const answer = await fetch(`${url}/api/v1/events`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: abort.signal,
  })
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    answer,
    close: () => abort.abort(),
    /** The next message; undefined when the stream has ended. */
    next: async (): Promise<Message | undefined> => {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end >= 0) {
          const lines = text.slice(0, end).split('\n')
          text = text.slice(end + 2)
          const message = Object.fromEntries(lines.map((line) => line.split(/: (.*)/s).slice(0, 2)))
          if (message.event) return message
        } else {
          const { value, done } = await reader.read()
          if (done) return undefined
          text += value
        }
      }
    },
  }
}

const start = async (t: TestContext) => {
  const clock = fakeClock('2026-01-01T08:00:00Z')
  const chatApi = await startChatApi(t, { clock })
  const { service } = chatApi
  service.deps.liveFeed.loop.start()
  return {
    ...chatApi,
    clock,
    /** The events that the mesh delivers when these tasks are created. */
    happen: (user_id: string, ...titles: string[]) =>
      service.deliver(
        'task-events',
        titles.map((title) => anEvent(taskCreated, { task: aTask({ user_id, title }) }, { user_id })),
      ),
  }
}

const titleOf = (message: Message | undefined): string => (JSON.parse(message!.data!).data.task as Task).title

test('every page of a user receives each of that user’s events once, in order, and no others', async (t) => {
  const { service, signup, happen } = await start(t)
  const [ada, eve] = [await signup(), await signup()]
  const pages = [await listen(t, service.url, ada.token), await listen(t, service.url, ada.token)]
  assert.match(pages[0]!.answer.headers.get('content-type')!, /^text\/event-stream/)
  await happen(eve.id, 'not hers')
  await happen(ada.id, 'one', 'two')
  await happen(ada.id, 'three')
  for (const page of pages) {
    const messages = [await page.next(), await page.next(), await page.next()]
    assert.deepEqual(messages.map(titleOf), ['one', 'two', 'three'])
    assert.deepEqual(
      messages.map((message) => [message?.id, message?.event]),
      [1, 2, 3].map((id) => [`${id}`, 'task.created']),
    )
  }
})

test('the answer begins when the stream does: what happens after it is not missed', async (t) => {
  const { service, signup, happen } = await start(t)
  const ada = await signup()
  const lock = await service.database.pool.connect()
  let hasAnswered = false
  let opening: ReturnType<typeof listen>
  try {
    await lock.query('BEGIN; LOCK TABLE tasks.feed_heads')
    opening = listen(t, service.url, ada.token).finally(() => {
      hasAnswered = true
    })
    const waiting = "SELECT FROM pg_locks WHERE relation = 'tasks.feed_heads'::regclass AND NOT granted"
    await eventually('the stream waits for the lock', async () => (await lock.query(waiting)).rowCount === 1)
    await delay(100)
    assert.equal(hasAnswered, false)
  } finally {
    lock.release(true)
  }
  const page = await opening
  await happen(ada.id, 'one')
  assert.equal(titleOf(await page.next()), 'one')
})

test('an event delivered twice is in the feed once', async (t) => {
  const { service, signup } = await start(t)
  const ada = await signup()
  const event = anEvent(taskCreated, { task: aTask({ user_id: ada.id, title: 'once' }) }, { user_id: ada.id })
  await service.deliver('task-events', [event], { times: 3 })
  const page = await listen(t, service.url, ada.token, { 'last-event-id': '0' })
  assert.equal(titleOf(await page.next()), 'once')
  const { rows } = await service.database.pool.query('SELECT count(*)::int FROM tasks.feed')
  assert.equal(rows[0].count, 1)
})

test('a page that reconnects resumes where it was, on any replica', async (t) => {
  const { service, signup, happen, clock } = await start(t)
  const ada = await signup()
  const page = await listen(t, service.url, ada.token)
  await happen(ada.id, 'seen')
  const { id } = (await page.next())!
  page.close()
  await happen(ada.id, 'missed', 'missed too')
  const other = await startChatApi(t, { clock }, {}, service.database)
  other.service.deps.liveFeed.loop.start()
  const again = await listen(t, other.service.url, ada.token, { 'last-event-id': id! })
  assert.deepEqual([titleOf(await again.next()), titleOf(await again.next())], ['missed', 'missed too'])
  // Events that the first replica consumes reach pages of the second too.
  await happen(ada.id, 'live')
  assert.equal(titleOf(await again.next()), 'live')
})

test('events expire after a day; a page away for longer starts over', async (t) => {
  const { service, signup, happen, clock } = await start(t)
  const ada = await signup()
  await happen(ada.id, 'one', 'two')
  clock.set('2026-01-02T08:00:01Z')
  await service.deps.liveFeed.loop.processDue()
  assert.equal((await service.database.pool.query('SELECT FROM tasks.feed')).rowCount, 0)
  clock.set('2026-01-01T08:00:00Z')
  const page = await listen(t, service.url, ada.token, { 'last-event-id': '1' })
  const reset = await page.next()
  assert.deepEqual([reset?.event, reset?.id], ['reset', '2'])
  await happen(ada.id, 'three')
  assert.deepEqual([titleOf(await page.next())], ['three'])
})

test('a fired reminder is streamed too', async (t) => {
  const { service, signup } = await start(t)
  const ada = await signup()
  const page = await listen(t, service.url, ada.token)
  const task = aTask({ user_id: ada.id })
  const { id, title, description, priority, due_date, time_zone } = task
  const due = anEvent(
    reminderDue,
    {
      reminder: { id: randomUUID(), type: 'at', at: '2026-01-01T08:00:00Z' },
      task: { id, title, description, priority, due_date, due_on: null, time_zone },
      late: false,
    },
    { user_id: ada.id },
  )
  await service.deliver('task-reminders', [due])
  assert.equal((await page.next())?.event, 'reminder.due')
})

test('a stream ends with its session or service; without a token, or beyond twenty, it is rejected', async (t) => {
  const { service, signup, as } = await start(t)
  const ada = await signup()
  const first = await listen(t, service.url, ada.token)
  const { body } = await as().post('/api/v1/auth/login', { email: ada.email, password: ada.password })
  const elsewhere = await listen(t, service.url, body.token)
  await ada.post('/api/v1/auth/change-password', { current_password: ada.password, new_password: 'another horse' })
  const second = await listen(t, service.url, ada.token)
  assert.equal((await listen(t, service.url, body.token)).answer.status, 401)
  await service.deps.liveFeed.loop.processDue()
  assert.equal(await elsewhere.next(), undefined)
  const more = await Promise.all(Array.from({ length: 18 }, () => listen(t, service.url, ada.token)))
  assert.ok(more.every(({ answer }) => answer.status === 200))
  assert.equal((await listen(t, service.url, ada.token)).answer.status, 429)
  assert.equal((await listen(t, service.url, 'nonsense')).answer.status, 401)
  assert.equal((await ada.get('/api/v1/events?last_event_id=x')).status, 422)
  await service.deps.liveFeed.loop.stop()
  assert.equal(await first.next(), undefined)
  assert.equal(await second.next(), undefined)
})
