import assert from 'node:assert/strict'
import { test } from 'node:test'
import { taskCompleted } from '@taskflow/event-contracts'
import { ignore, subscribe } from '@taskflow/service-kit'
import { anEvent, aTask, fakeClock } from '@taskflow/test-kit'
import { startTestService } from '../test-service.ts'

const start = async (t: Parameters<typeof startTestService>[0]) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const done: string[] = []
  const state = { broken: true }
  const service = await startTestService(
    t,
    {
      subscriptions: [
        subscribe('task-recurrence', {
          'task.completed': async ({ task }) => {
            if (state.broken) throw new Error('not now')
            done.push(task.title)
          },
          'recurring_task.due': ignore('not in this test'),
          'recurring_task.changed': ignore('not in this test'),
        }),
      ],
    },
    { clock },
  )
  const ask = async (path: string, body?: object) => {
    const answer = await service.asSidecar(path, {
      headers: { 'dapr-caller-app-id': 'chat-api' },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    })
    // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
    return { status: answer.status, body: (await answer.json()) as any }
  }
  const retry = async () => {
    clock.advance({ minutes: 5 })
    await service.app.loops.find((loop) => loop.name === 'deferred events')?.processDue()
  }
  return { clock, done, state, service, ask, retry }
}

test('held events are listed in pages, and shown with reason and content', async (t) => {
  const { service, ask } = await start(t)
  const event = anEvent(taskCompleted, { task: aTask({ title: 'held' }), changed: {} })
  await service.deliver('task-recurrence', [event, Buffer.from('not json')], { from: { partition: 1, offset: 5 } })
  const first = await ask('/operator/dead-letters?limit=1')
  const second = await ask(`/operator/dead-letters?limit=1&after=${encodeURIComponent(first.body.data[0].event_id)}`)
  const all = [...first.body.data, ...second.body.data]
  assert.deepEqual(all.map((letter) => letter.state).toSorted(), ['deferred', 'parked'])
  assert.equal((await ask('/operator/dead-letters?state=parked')).body.data[0].event_id, 'task-recurrence/1/6')
  const shown = (await ask(`/operator/dead-letter?event_id=${event.id}`)).body
  assert.deepEqual(
    [shown.reason, shown.attempts, shown.offset, JSON.parse(shown.body).id],
    ['Error: not now', 1, '5', event.id],
  )
  assert.equal((await ask('/operator/dead-letter?event_id=unknown')).status, 404)
})

test('a redriven event keeps its id and takes effect once; an unreadable one is parked again', async (t) => {
  const { service, ask, retry, done, state } = await start(t)
  const event = anEvent(taskCompleted, { task: aTask({ title: 'redriven' }), changed: {} })
  await service.deliver('task-recurrence', [event, Buffer.from('not json')])
  for (let attempt = 2; attempt <= 5; attempt++) await retry()
  state.broken = false
  const ids = (await ask('/operator/dead-letters?state=parked')).body.data.map(
    (letter: { event_id: string }) => letter.event_id,
  )
  assert.equal(ids.length, 2)
  assert.deepEqual((await ask('/operator/redrive', { event_ids: ids })).body.event_ids.toSorted(), ids.toSorted())
  await retry()
  await service.deliver('task-recurrence', [event])
  assert.deepEqual(done, ['redriven'])
  const left = (await ask('/operator/dead-letters')).body.data
  assert.deepEqual(
    left.map((letter: { event_id: string; state: string }) => [letter.event_id, letter.state]),
    [['task-recurrence/0/1', 'parked']],
  )
  assert.deepEqual(
    (await ask('/operator/redrive', { event_ids: [event.id] })).body,
    { event_ids: [], left: 0 },
    'one that is done is left alone',
  )
})

test('discarding an event frees its key, keeps the note and deletes the content', async (t) => {
  const { service, ask, retry, done, state } = await start(t)
  const bad = anEvent(taskCompleted, { task: aTask({ title: 'bad' }), changed: {} })
  const behind = {
    ...anEvent(taskCompleted, { task: aTask({ title: 'behind' }), changed: {} }),
    partitionkey: bad.partitionkey,
  }
  await service.deliver('task-recurrence', [bad, behind])
  assert.deepEqual((await ask('/operator/discard', { event_ids: [bad.id], note: 'a test' })).body, {
    event_ids: [bad.id],
    left: 0,
  })
  state.broken = false
  await retry()
  assert.deepEqual(done, ['behind'])
  const { rows } = await service.database.pool.query(
    'SELECT state, reason, body FROM recurrence.inbox WHERE event_id = $1',
    [bad.id],
  )
  assert.deepEqual(rows, [{ state: 'discarded', reason: 'a test', body: null }])
  assert.equal((await ask('/operator/discard', { event_ids: [bad.id] })).status, 422, 'a note is needed')
})

test('thousands of held events are redriven and discarded by what they have in common, a thousand a call', async (t) => {
  const { service, ask, clock } = await start(t)
  await service.database.pool.query(
    `INSERT INTO recurrence.inbox (event_id, state, type, topic, partition, kafka_offset, key, received_at, handled_at, attempts, reason, body)
     SELECT 'event ' || n, 'parked', CASE WHEN n % 2 = 0 THEN 'task.completed' END, 'task-recurrence', 0, n, 'key ' || n,
            timestamptz '2026-01-01T00:00:00Z' + n * interval '1 s', '2026-01-02T00:00:00Z', 5,
            CASE WHEN n % 4 = 0 THEN 'Error: The partner is away' ELSE 'something else' END, '\\x00'
     FROM generate_series(1, 5000) AS n`,
  )
  clock.advance({ hours: 48 })
  const as_of = clock.now().toString()
  const partner = { type: 'task.completed', reason: 'the PARTNER is', received_from: '2026-01-01T00:00:00Z', as_of }
  const first = (await ask('/operator/redrive', { matching: partner })).body
  assert.deepEqual([first.event_ids.length, first.left], [1_000, 250])
  const second = (await ask('/operator/redrive', { matching: partner })).body
  assert.deepEqual([second.event_ids.length, second.left], [250, 0])
  // Those that came back meanwhile are not taken again.
  clock.advance({ minutes: 5 })
  await service.database.pool.query(
    `UPDATE recurrence.inbox SET state = 'parked', handled_at = $1, next_attempt_at = NULL WHERE state = 'deferred'`,
    [clock.now().toString()],
  )
  assert.deepEqual((await ask('/operator/redrive', { matching: partner })).body, { event_ids: [], left: 0 })
  const old = { received_until: '2026-01-01T00:10:00Z', topic: 'task-recurrence', as_of: clock.now().toString() }
  const discarded = (await ask('/operator/discard', { matching: old, note: 'too old' })).body
  assert.deepEqual([discarded.event_ids.length, discarded.left], [599, 0])
  const { rows } = await service.database.pool.query(
    `SELECT state, reason, body FROM recurrence.inbox WHERE kafka_offset = 599`,
  )
  assert.deepEqual(rows, [{ state: 'discarded', reason: 'too old', body: null }])
})

test('deliveries are counted', async (t) => {
  const { service, ask } = await start(t)
  await service.deliver('task-recurrence', [
    anEvent(taskCompleted, { task: aTask(), changed: {} }),
    Buffer.from('not json'),
  ])
  const { body } = await ask('/operator/delivery')
  const { oldest_age, ...held } = body.inbox
  assert.deepEqual(held, { size: 0, deferred: 1, parked: 1 })
  assert.equal(typeof oldest_age, 'number')
  assert.deepEqual([body.outbox.waiting, body.outbox.published_last_minute], [1, 0], 'dead_letter.parked')
  assert.ok(body.outbox.oldest_age >= 0)
})

test('a replica reports its version, subscriptions and event counts', async (t) => {
  const { service, ask } = await start(t)
  await service.deliver('task-recurrence', [Buffer.from('not json')], { times: 2 })
  const { body } = await ask('/operator/self')
  assert.match(body.version, /^\d+\.\d+\.\d+/)
  assert.deepEqual(body.takes, { 'task-recurrence': ['task.completed'] })
  const counts = Object.fromEntries(
    body.flow.taken.map(({ outcome, count }: { outcome: string; count: number }) => [outcome, count]),
  )
  assert.deepEqual([counts.parked, counts.duplicate], [1, 1])
  assert.deepEqual([body.flow.published, body.sidecar, body.checks.database], [[], null, 'ok'])
})

test('an event is reported with its state in outbox and inbox, and its content while held', async (t) => {
  const { service, ask, state, retry } = await start(t)
  const { pool } = service.database
  const event = anEvent(taskCompleted, { task: aTask({ title: 'held' }), changed: {} })
  await service.deliver('task-recurrence', [event], { from: { partition: 1, offset: 5 } })
  const report = async () => (await ask(`/operator/event?event_id=${event.id}`)).body
  const held = await report()
  assert.deepEqual(held.outbox, [])
  assert.deepEqual(
    [held.inbox.state, held.inbox.partition, held.inbox.offset, held.inbox.attempts, JSON.parse(held.inbox.body).id],
    ['deferred', 1, '5', 1, event.id],
  )
  state.broken = false
  await retry()
  const { inbox } = await report()
  assert.deepEqual([inbox.state, inbox.attempts, inbox.body], ['done', 2, null])
  assert.equal(inbox.received_at, '2026-01-01T00:00:00.000Z')
  assert.equal(inbox.handled_at, '2026-01-01T00:05:00.000Z')

  const row = [event.id, 'task-recurrence', 'k', '{"id":"x"}']
  await pool.query('INSERT INTO recurrence.outbox (event_id, topic, key, event) VALUES ($1, $2, $3, $4)', row)
  const [waiting] = (await report()).outbox
  assert.deepEqual([waiting.state, waiting.event, waiting.published_at], ['waiting', '{"id":"x"}', null])
  await pool.query(`WITH gone AS (DELETE FROM recurrence.outbox RETURNING event_id, topic, created_at)
                    INSERT INTO recurrence.outbox_published (event_id, topic, created_at) SELECT * FROM gone`)
  const [published] = (await report()).outbox
  assert.deepEqual([published.state, published.event, published.created_at], ['published', null, waiting.created_at])
  assert.match(published.published_at, /Z$/)
  assert.deepEqual((await ask('/operator/event?event_id=task-recurrence%2F0%2F9')).body, {
    outbox: [],
    inbox: null,
    takes: { 'task-recurrence': ['task.completed'] },
  })
})

test('what has waited for an operator for 90 days is given up: parked events and rejected ones', async (t) => {
  const { service } = await start(t)
  const { pool } = service.database
  await pool.query(`
    INSERT INTO recurrence.inbox (event_id, state, topic, partition, kafka_offset, key, received_at, attempts, body, headers, next_attempt_at, reason)
    SELECT state || ' ' || age, state, 'dead-letters', 0, 0, '', now() - make_interval(days => age), 0, 'x', '{}', now(), 'why'
    FROM unnest(ARRAY['parked', 'deferred']) state, unnest(ARRAY[89, 91]) age;
    INSERT INTO recurrence.outbox_rejected (id, event_id, topic, key, event, created_at, rejected_at, reason)
    SELECT age, gen_random_uuid(), 'x', '', '{}', now(), now() - make_interval(days => age), 'why' FROM unnest(ARRAY[89, 91]) age`)
  await service.app.loops.find((loop) => loop.name === 'pruning')?.processDue()
  const { rows } = await pool.query(
    'SELECT event_id, state, reason, body IS NULL AS empty FROM recurrence.inbox ORDER BY 1',
  )
  const kept = ['deferred 89', 'deferred 91', 'parked 89'].map((event_id) => ({
    ...{ event_id, state: event_id.split(' ')[0] },
    ...{ reason: 'why', empty: false },
  }))
  const reason = 'why; discarded after being parked for 90 days'
  assert.deepEqual(rows, [...kept, { event_id: 'parked 91', state: 'discarded', reason, empty: true }])
  assert.deepEqual((await pool.query('SELECT id::int FROM recurrence.outbox_rejected')).rows, [{ id: 89 }])
})

test('old rows are pruned, held events stay', async (t) => {
  const { service } = await start(t)
  const { pool } = service.database
  await pool.query(`
    INSERT INTO recurrence.inbox (event_id, state, topic, partition, kafka_offset, key, received_at, attempts, body, headers, next_attempt_at)
    SELECT state || ' ' || topic || ' ' || age, state, topic, 0, 0, '', now() - make_interval(days => age), 0, 'x', '{}', now()
    FROM unnest(ARRAY['done', 'discarded', 'parked', 'deferred']) state, unnest(ARRAY['task-recurrence', 'dead-letters']) topic,
         unnest(ARRAY[14, 16, 59, 61]) age`)
  await pool.query(`
    INSERT INTO recurrence.outbox_published (event_id, topic, created_at, published_at)
    SELECT gen_random_uuid(), 'x', now(), now() - make_interval(hours => h) FROM unnest(ARRAY[23, 25]) h`)
  await service.app.loops.find((loop) => loop.name === 'pruning')?.processDue()
  const { rows } = await pool.query(
    `SELECT event_id FROM recurrence.inbox WHERE state IN ('done', 'discarded') ORDER BY 1`,
  )
  assert.deepEqual(
    rows.map((row) => row.event_id),
    [
      'discarded dead-letters 14',
      'discarded dead-letters 16',
      'discarded dead-letters 59',
      'discarded task-recurrence 14',
      'done dead-letters 14',
      'done dead-letters 16',
      'done dead-letters 59',
      'done task-recurrence 14',
    ],
  )
  assert.equal((await pool.query(`SELECT 1 FROM recurrence.inbox WHERE state IN ('parked', 'deferred')`)).rowCount, 16)
  assert.equal((await pool.query('SELECT 1 FROM recurrence.outbox_published')).rowCount, 1)
})
