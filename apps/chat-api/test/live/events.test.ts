import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { aRecord, away, startWithServices } from '../../testing/start-with-services.ts'

// biome-ignore lint/suspicious/noExplicitAny: responses of the API, inspected field by field
type Json = any

test('events of all users are listed with their topic; a topic is queried by its types', async (t) => {
  const { operator, requests } = await startWithServices(t, () => ({ data: [aRecord(2)], next_cursor: '2' }))
  const admin = await operator()
  const { status, body } = await admin.get('/api/v1/admin/events?limit=1&cursor=3')
  assert.deepEqual([status, body.data[0].topic, body.next_cursor], [200, 'task-events', '2'])
  const [task_id, user_id] = [randomUUID(), randomUUID()]
  await admin.get(`/api/v1/admin/events?topic=task-recurrence&subject=${task_id}&user_id=${user_id}&correlation_id=c`)
  await admin.get('/api/v1/admin/events?topic=task-events&type=task.deleted')
  assert.deepEqual((await admin.get('/api/v1/admin/events?topic=task-events&type=user.created')).body.data, [])
  assert.deepEqual(requests, [
    'audit-logger audit/events?limit=1&cursor=3',
    `audit-logger audit/events?type=recurring_task.due&type=recurring_task.changed&user_id=${user_id}&task_id=${task_id}&correlation_id=c&limit=50`,
    'audit-logger audit/events?type=task.deleted&limit=50',
  ])
  assert.equal((await admin.get('/api/v1/admin/events?topic=elsewhere')).status, 422)
})

/** A mesh in which records appear when `happen` adds them, with an operator who listens. */
const startTail = async (t: TestContext) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const records: Json[] = []
  const state = { isAway: false }
  const api = await startWithServices(
    t,
    (_service, path) => {
      if (state.isAway) away('away')
      const query = new URL(path, 'http://x').searchParams
      const after = Number(query.get('after') ?? 0)
      const fresh = records.filter(({ sequence }) => sequence > after).toReversed()
      return { data: fresh.slice(0, Number(query.get('limit'))), next_cursor: null }
    },
    { clock },
  )
  const { eventTail } = api.service.deps
  return {
    ...api,
    clock,
    state,
    look: () => eventTail.loop.processDue(),
    happen: (...more: Json[]) => void records.push(...more),
    listen: async (token: string, search = '') => {
      const abort = new AbortController()
      t.after(() => abort.abort())
      const answer = await fetch(`${api.service.url}/api/v1/admin/events/stream${search}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: abort.signal,
      })
      const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
      let text = ''
      return {
        answer,
        close: () => abort.abort(),
        /** The next message; undefined when the stream has ended. */
        next: async (): Promise<{ event: string; data: Json } | undefined> => {
          for (;;) {
            const end = text.indexOf('\n\n')
            if (end < 0) {
              const { value, done } = await reader.read()
              if (done) return undefined
              text += value
              continue
            }
            const { event, data } = Object.fromEntries(
              text
                .slice(0, end)
                .split('\n')
                .map((line) => line.split(/: (.*)/s).slice(0, 2)),
            )
            text = text.slice(end + 2)
            if (event) return { event, data: JSON.parse(data) }
          }
        },
      }
    },
  }
}

test('the tail streams new events to each listener by its filter; opening it is audited once', async (t) => {
  const { operator, service, listen, look, happen, requests } = await startTail(t)
  const admin = await operator()
  happen(aRecord(1))
  await look()
  assert.deepEqual(requests, [], 'without listeners nothing is requested')
  const task_id = randomUUID()
  const [all, deleted, ofTask] = [
    await listen(admin.token),
    await listen(admin.token, '?type=task.deleted'),
    await listen(admin.token, `?topic=task-events&subject=${task_id}`),
  ]
  assert.match(all.answer.headers.get('content-type')!, /^text\/event-stream/)
  await look()
  happen(aRecord(2), aRecord(3, { type: 'task.deleted' }), aRecord(4, { data: { task: { id: task_id } } }))
  await look()
  assert.deepEqual(
    [await all.next(), await all.next(), await all.next()].map((each) => [each?.event, each?.data.sequence]),
    [2, 3, 4].map((sequence) => ['record', sequence]),
  )
  assert.deepEqual([(await deleted.next())?.data.sequence, (await ofTask.next())?.data.sequence], [3, 4])
  assert.equal(requests.length, 2, 'one query for all listeners')
  const audited = (await service.outbox('tasks')).filter(({ event }) => event.type === 'admin.acted')
  assert.equal(audited.length, 3)
})

test('when more events arrive than can be shown, the newest are shown and the rest counted', async (t) => {
  const { operator, listen, look, happen } = await startTail(t)
  const page = await listen((await operator()).token)
  happen(aRecord(1))
  await look()
  happen(...Array.from({ length: 250 }, (_, index) => aRecord(index + 2)))
  await look()
  assert.deepEqual(await page.next(), { event: 'skipped', data: { count: 50 } })
  assert.equal((await page.next())?.data.sequence, 52)
})

test('while audit-logger is unavailable the tail says so once, then resumes where it was', async (t) => {
  const { operator, listen, look, happen, state } = await startTail(t)
  const page = await listen((await operator()).token)
  await look()
  state.isAway = true
  await look()
  await look()
  state.isAway = false
  happen(aRecord(1))
  await look()
  const events = [await page.next(), await page.next(), await page.next()].map((each) => each?.event)
  assert.deepEqual(events, ['trouble', 'record', 'recovered'])
})

test('a tail ends with its role, session or service, and a stalled reader is dropped', async (t) => {
  const { operator, service, listen, look, happen, clock } = await startTail(t)
  const [admin, other] = [await operator(), await operator()]
  const [page, others] = [await listen(admin.token), await listen(other.token)]
  await service.database.pool.query(`UPDATE identity.users SET role = 'user' WHERE id = $1`, [admin.id])
  clock.advance({ seconds: 20 })
  await look()
  assert.equal(await page.next(), undefined)

  const { stream: slow } = service.deps.eventTail.open(
    () => true,
    async () => true,
  )
  const closed = new Promise((resolve) => slow.once('close', resolve))
  happen(aRecord(1, { data: { text: 'x'.repeat(300_000) } }))
  await look()
  assert.equal((await others.next())?.data.sequence, 1)
  happen(aRecord(2))
  await look()
  await closed
  assert.equal((await others.next())?.data.sequence, 2)
  await service.deps.eventTail.loop.stop()
  while (await others.next());
})

test('more than twenty tails are rejected', async (t) => {
  const { operator, service, listen } = await startTail(t)
  const admin = await operator()
  for (let tail = 0; tail < 20; tail++)
    service.deps.eventTail.open(
      () => true,
      async () => true,
    )
  assert.equal((await listen(admin.token)).answer.status, 429)
})
