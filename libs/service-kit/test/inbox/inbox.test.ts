import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Task, taskCompleted, userDeleted } from '@taskflow/event-contracts'
import { ignore, type Subscription, subscribe, type Tx } from '@taskflow/service-kit'
import { anEvent, aTask, fakeClock } from '@taskflow/test-kit'
import { startTestService } from '../test-service.ts'

const completed = (fields: Partial<Task> = {}) => {
  const task = aTask({ is_completed: true, completed_at: '2026-01-01T00:00:00Z', ...fields })
  return anEvent(taskCompleted, { task, changed: {} })
}

/** Handles task.completed by `handle`. */
const onCompleted = (handle: (task: Task, tx: Tx) => Promise<void>): Subscription[] => [
  subscribe('task-recurrence', {
    'task.completed': ({ task }, tx) => handle(task, tx),
    'recurring_task.due': ignore('not in this test'),
    'recurring_task.changed': ignore('not in this test'),
  }),
]

/** Records a handling as a row, as the effect of a real handler would be. */
const note = (task: Task, tx: Tx) =>
  tx.$client.query(`INSERT INTO recurrence.forgotten_users (user_id) VALUES ($1)`, [task.id]).then(() => {})
const effects = `SELECT user_id AS task_id FROM recurrence.forgotten_users`

test('an event delivered three times takes effect once; every delivery returns SUCCESS', async (t) => {
  let handled = 0
  const service = await startTestService(t, {
    subscriptions: onCompleted(async () => {
      handled++
    }),
  })
  const event = completed()
  assert.deepEqual(await service.deliver('task-recurrence', [event], { times: 3 }), ['SUCCESS'])
  assert.deepEqual(await service.deliver('task-recurrence', [event, event]), ['SUCCESS', 'SUCCESS'])
  assert.equal(handled, 1)
})

test('the same events delivered five times concurrently take effect once', async (t) => {
  const service = await startTestService(t, { subscriptions: onCompleted(note) })
  const events = Array.from({ length: 20 }, () => completed())
  const shuffled = events.toReversed()
  const answers = await Promise.all(
    [events, shuffled, events, shuffled, events].map((batch) => service.deliver('task-recurrence', batch)),
  )
  assert.ok(answers.flat().every((status) => status === 'SUCCESS'))
  const { rows } = await service.database.pool.query(effects)
  assert.equal(rows.length, 20)
})

test('a failing event has no effect and blocks later events of its key only', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const order: string[] = []
  let broken = true
  const service = await startTestService(
    t,
    {
      subscriptions: onCompleted(async (task, tx) => {
        await note(task, tx)
        if (broken && task.title === 'bad') throw new Error('cannot be done yet')
        order.push(task.title)
      }),
    },
    { clock },
  )
  const bad = completed({ title: 'bad' })
  const behind = { ...completed({ title: 'behind' }), partitionkey: bad.partitionkey }
  const other = completed({ title: 'other' })
  assert.deepEqual(await service.deliver('task-recurrence', [bad, behind, other]), ['SUCCESS', 'SUCCESS', 'SUCCESS'])
  assert.deepEqual(order, ['other'])
  assert.equal((await service.database.pool.query(effects)).rowCount, 1)

  const later = { ...completed({ title: 'later' }), partitionkey: bad.partitionkey }
  await service.deliver('task-recurrence', [later], { from: { partition: 0, offset: 3 } })
  assert.deepEqual(order, ['other'], 'an event that comes while its key is held back waits too')

  const retry = service.app.loops.find((loop) => loop.name === 'deferred events')!
  await retry.processDue()
  assert.deepEqual(order, ['other'], 'it is not tried before its time')
  broken = false
  clock.advance({ seconds: 2 })
  await retry.processDue()
  assert.deepEqual(order, ['other', 'bad', 'behind', 'later'])
})

test('an event of a newer version is deferred, with later ones of its key, until a release supports it', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const order: string[] = []
  const service = await startTestService(
    t,
    {
      subscriptions: onCompleted(async (task) => {
        order.push(task.title)
      }),
    },
    { clock },
  )
  const known = completed({ title: 'newer' })
  const newer = { ...known, data: { ...(known.data as object), schema_version: '4.0' } }
  const behind = { ...completed({ title: 'behind' }), partitionkey: known.partitionkey }
  await service.deliver('task-recurrence', [newer, behind, completed({ title: 'other' })])
  const retry = async () => {
    clock.advance({ seconds: 10 })
    await service.app.loops.find((loop) => loop.name === 'deferred events')!.processDue()
  }
  await retry()
  assert.deepEqual(order, ['other'])
  // As a release that supports the version would upcast it.
  await service.database.pool.query('UPDATE recurrence.inbox SET body = $2 WHERE event_id = $1', [
    known.id,
    Buffer.from(JSON.stringify(known)),
  ])
  await retry()
  assert.deepEqual(order, ['other', 'newer', 'behind'])
})

test('an event of a type that a newer release brought waits too; one of a newer minor version is handled', async (t) => {
  const titles: string[] = []
  const service = await startTestService(t, {
    subscriptions: onCompleted(async (task) => {
      titles.push(task.title)
      assert.ok(!('colour' in task))
    }),
  })
  const known = completed({ title: 'minor' })
  const { task } = known.data as { task: object }
  const minor = {
    ...known,
    data: { ...(known.data as object), schema_version: '3.1', task: { ...task, colour: 'red' } },
  }
  await service.deliver('task-recurrence', [{ ...completed(), id: 'new', type: 'task.archived' }, minor])
  assert.deepEqual(titles, ['minor'])
  const { rows } = await service.database.pool.query('SELECT event_id, state FROM recurrence.inbox ORDER BY state')
  assert.deepEqual(rows, [
    { event_id: 'new', state: 'deferred' },
    { event_id: known.id, state: 'done' },
  ])
})

test('an event of a newer version waits for a day; it is parked if no release supports it by then', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const service = await startTestService(t, { subscriptions: onCompleted(async () => {}) }, { clock })
  const known = completed()
  await service.deliver('task-recurrence', [{ ...known, data: { ...(known.data as object), schema_version: '4.0' } }])
  const retry = async () => {
    clock.advance({ hours: 2 })
    await service.app.loops.find((loop) => loop.name === 'deferred events')!.processDue()
  }
  for (let time = 1; time < 12; time++) await retry()
  const { rows: waiting } = await service.database.pool.query('SELECT state, attempts FROM recurrence.inbox')
  assert.deepEqual(waiting, [{ state: 'deferred', attempts: 1 }])
  for (let time = 1; time <= 4; time++) await retry()
  const { rows } = await service.database.pool.query('SELECT state, attempts, reason FROM recurrence.inbox')
  assert.deepEqual(rows, [
    {
      state: 'parked',
      attempts: 5,
      reason: 'UnreadableMessage: task.completed 4.0 is newer than 3.0, which is known here',
    },
  ])
})

test('after five attempts an event is parked and reported as a dead letter; its key goes on', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const done: string[] = []
  const service = await startTestService(
    t,
    {
      subscriptions: onCompleted(async ({ title }) => {
        if (title === 'bad') throw new Error('never works')
        done.push(title)
      }),
    },
    { clock },
  )
  const bad = completed({ title: 'bad' })
  const behind = { ...completed({ title: 'behind' }), partitionkey: bad.partitionkey }
  await service.deliver('task-recurrence', [bad, behind], { from: { partition: 2, offset: 40 } })
  const retry = service.app.loops.find((loop) => loop.name === 'deferred events')!
  for (let attempt = 2; attempt <= 5; attempt++) {
    assert.deepEqual(done, [])
    clock.advance({ minutes: 5 })
    await retry.processDue()
  }
  assert.deepEqual(done, ['behind'])
  const { rows } = await service.database.pool.query(
    `SELECT state, attempts, reason, partition, kafka_offset::int AS "offset", body IS NOT NULL AS kept FROM recurrence.inbox WHERE event_id = $1`,
    [bad.id],
  )
  assert.deepEqual(rows, [
    { state: 'parked', attempts: 5, reason: 'Error: never works', partition: 2, offset: 40, kept: true },
  ])
  const [letter] = await service.outbox('recurrence')
  assert.equal(letter?.topic, 'dead-letters')
  assert.deepEqual(
    [
      letter.event.type,
      letter.event.data.event_id,
      letter.event.data.consumer,
      letter.event.data.attempts,
      letter.event.causationid,
    ],
    ['dead_letter.parked', bad.id, 'recurring-processor', 5, bad.id],
  )
})

test('an unreadable event is parked with the reason and blocks nothing', async (t) => {
  const done: string[] = []
  const service = await startTestService(t, {
    subscriptions: onCompleted(async ({ title }) => {
      done.push(title)
    }),
  })
  const good = completed({ title: 'good' })
  const messages = [
    Buffer.from('not json at all'),
    Buffer.from([0xff, 0xfe, 0x00]),
    Buffer.from('{"hello":"world"}'),
    Buffer.from(JSON.stringify({ ...completed(), type: 'task.exploded\0' })),
    Buffer.from(JSON.stringify({ ...completed(), id: 'with\0nul' })),
    Buffer.from(JSON.stringify({ ...completed(), id: 'bad-data', data: { schema_version: '3.0', user_id: 'nobody' } })),
    good,
  ]
  assert.deepEqual(
    await service.deliver('task-recurrence', messages),
    messages.map(() => 'SUCCESS'),
  )
  assert.deepEqual(done, ['good'])
  const { rows } = await service.database.pool.query<{ event_id: string; reason: string }>(
    `SELECT event_id, reason FROM recurrence.inbox WHERE state = 'parked' ORDER BY kafka_offset`,
  )
  assert.equal(rows.length, 6)
  assert.deepEqual(
    rows.slice(0, 2).map((row) => [row.event_id, row.reason]),
    [
      ['task-recurrence/0/0', 'not JSON'],
      ['task-recurrence/0/1', 'not JSON'],
    ],
  )
  assert.match(rows[3]!.reason, /unknown type/)
  assert.match(rows[5]!.reason, /data is not task.completed 3.0: user_id/)
  assert.equal((await service.outbox('recurrence')).length, 6)
})

test('an ignored event is acknowledged and leaves no row', async (t) => {
  const service = await startTestService(t, {
    subscriptions: [
      subscribe('task-recurrence', {
        'task.completed': ignore('in this test'),
        'recurring_task.due': ignore('in this test'),
        'recurring_task.changed': ignore('in this test'),
      }),
    ],
  })
  assert.deepEqual(await service.deliver('task-recurrence', [completed()]), ['SUCCESS'])
  assert.equal((await service.database.pool.query('SELECT 1 FROM recurrence.inbox')).rowCount, 0)
})

test('RETRY is returned while the database is unavailable; the next delivery succeeds', async (t) => {
  const done: string[] = []
  const service = await startTestService(t, {
    subscriptions: onCompleted(async ({ title }) => {
      done.push(title)
    }),
  })
  const event = completed({ title: 'once' })
  const name = new URL(service.database.url).pathname.slice(1)
  const admin = service.database.pool
  await admin.query(`UPDATE pg_database SET datallowconn = false WHERE datname = $1`, [name])
  await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()`,
    [name],
  )
  assert.deepEqual(await service.deliver('task-recurrence', [event]), ['RETRY'])
  await admin.query(`UPDATE pg_database SET datallowconn = true WHERE datname = $1`, [name])
  assert.deepEqual(await service.deliver('task-recurrence', [event]), ['SUCCESS'])
  assert.deepEqual(done, ['once'])
})

test('events of a deleted account are dropped', async (t) => {
  let handled = 0
  const service = await startTestService(t, {
    subscriptions: onCompleted(async () => {
      handled++
    }),
  })
  const event = completed()
  await service.database.pool.query('INSERT INTO recurrence.forgotten_users (user_id) VALUES ($1)', [
    (event.data as { user_id: string }).user_id,
  ])
  await service.deliver('task-recurrence', [event])
  assert.equal(handled, 0)
  const { rows } = await service.database.pool.query('SELECT state FROM recurrence.inbox')
  assert.deepEqual(rows, [{ state: 'discarded' }])
})

test('a network failure of a handler is its own: the event is tried five times and parked, other keys go on', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const done: string[] = []
  const service = await startTestService(
    t,
    {
      subscriptions: onCompleted(async ({ title }) => {
        if (title === 'calls') await fetch('http://127.0.0.1:1/').catch((error) => Promise.reject(error.cause ?? error))
        if (title === 'refused') throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
        done.push(title)
      }),
    },
    { clock },
  )
  const events = ['refused', 'other', 'calls'].map((title) => completed({ title }))
  assert.deepEqual(await service.deliver('task-recurrence', events), ['SUCCESS', 'SUCCESS', 'SUCCESS'])
  assert.deepEqual(done, ['other'])
  for (let attempt = 2; attempt <= 5; attempt++) {
    clock.advance({ minutes: 5 })
    await service.app.loops.find((loop) => loop.name === 'deferred events')!.processDue()
  }
  const { rows } = await service.database.pool.query('SELECT count(*)::int FROM recurrence.inbox WHERE state = $1', [
    'parked',
  ])
  assert.deepEqual(rows, [{ count: 2 }])
})

test('a lock that is held is not the fault of the event: RETRY, and no attempt is counted', async (t) => {
  const service = await startTestService(t, { subscriptions: onCompleted(note) })
  const holder = await service.database.pool.connect()
  await holder.query('BEGIN; LOCK TABLE recurrence.forgotten_users IN SHARE MODE')
  const event = completed()
  assert.deepEqual(await service.deliver('task-recurrence', [event]), ['RETRY'])
  await holder.query('COMMIT')
  holder.release()
  assert.deepEqual(await service.deliver('task-recurrence', [event]), ['SUCCESS'])
  const { rows } = await service.database.pool.query('SELECT state, attempts FROM recurrence.inbox')
  assert.deepEqual(rows, [{ state: 'done', attempts: 0 }])
})

test('however many handlers hang, a delivery is answered within its budget; what was not tried is tried later', async (t) => {
  const hanging = new Set(['1', '2', '3', '4', '5', '6'])
  const done: string[] = []
  const service = await startTestService(t, {
    subscriptions: onCompleted(async ({ title }) => {
      if (hanging.has(title)) await new Promise(() => {})
      done.push(title)
    }),
  })
  const events = ['first', '1', 'second', '2', '3', '4', '5', '6', 'last'].map((title) => completed({ title }))
  const began = performance.now()
  const answers = await service.deliver('task-recurrence', events)
  assert.deepEqual(new Set(answers), new Set(['SUCCESS']))
  assert.ok(performance.now() - began < 35_000, `${performance.now() - began} ms`)
  const { rows } = await service.database.pool.query(
    'SELECT state, attempts, count(*)::int FROM recurrence.inbox GROUP BY state, attempts ORDER BY state, attempts',
  )
  assert.deepEqual(rows, [
    { state: 'deferred', attempts: 0, count: 5 },
    { state: 'deferred', attempts: 1, count: 2 },
    { state: 'done', attempts: 0, count: 2 },
  ])
})

test('a deferred event of an account that was deleted meanwhile is discarded with its content', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  let broken = true
  const service = await startTestService(
    t,
    {
      subscriptions: onCompleted(async () => {
        assert.ok(broken, 'handled after the deletion')
        throw new Error('cannot be done yet')
      }),
    },
    { clock },
  )
  const event = completed()
  await service.deliver('task-recurrence', [event])
  broken = false
  await service.database.pool.query('INSERT INTO recurrence.forgotten_users (user_id) VALUES ($1)', [
    (event.data as { user_id: string }).user_id,
  ])
  clock.advance({ minutes: 5 })
  await service.app.loops.find((loop) => loop.name === 'deferred events')!.processDue()
  const { rows } = await service.database.pool.query('SELECT state, body FROM recurrence.inbox')
  assert.deepEqual(rows, [{ state: 'discarded', body: null }])
})

/** Forgets people: `handle` deletes their rows. */
const onDeleted = (handle: (tx: Tx, user_id: string) => Promise<unknown>): Subscription =>
  subscribe('user-events', {
    'user.created': ignore('not in this test'),
    'user.updated': ignore('not in this test'),
    'user.deleted': (_, tx, { event }) => handle(tx, event.data.user_id!),
    'admin.acted': ignore('not in this test'),
    'account.acted': ignore('not in this test'),
  })

test('messages that cannot be read, or not yet, go with the account of their person; late ones are dropped', async (t) => {
  const service = await startTestService(t, {
    subscriptions: [...onCompleted(async () => {}), onDeleted(async () => {})],
  })
  const event = completed({ title: 'a secret' })
  const data = event.data as { user_id: string }
  const message = (fields: object) =>
    Buffer.from(JSON.stringify({ ...event, id: randomUUID(), data: { ...data, ...fields } }))
  const messages = () => [message({ task: 'not a task' }), message({ schema_version: '4.0' })]
  await service.deliver('task-recurrence', messages())
  await service.deliver('user-events', [anEvent(userDeleted, {}, { user_id: data.user_id, key: data.user_id })])
  await service.deliver('task-recurrence', messages(), { from: { partition: 0, offset: 10 } })
  const { rows } = await service.database.pool.query(
    `SELECT state, body FROM recurrence.inbox WHERE topic = 'task-recurrence'`,
  )
  assert.deepEqual(rows, Array(4).fill({ state: 'discarded', body: null }))
})

test('a deletion waits for what another replica is handling, so that no row of that person is left', async (t) => {
  const entered = Promise.withResolvers<void>()
  const go = Promise.withResolvers<void>()
  const parts = {
    subscriptions: [
      ...onCompleted(async (task, tx) => {
        await tx.$client.query('INSERT INTO recurrence.notes (user_id) VALUES ($1)', [task.user_id])
        entered.resolve()
        await go.promise
      }),
      onDeleted((tx, user_id) => tx.$client.query('DELETE FROM recurrence.notes WHERE user_id = $1', [user_id])),
    ],
  }
  const one = await startTestService(t, parts)
  const other = await startTestService(t, parts, {}, { database: one.database })
  const { pool } = one.database
  await pool.query(
    'CREATE TABLE recurrence.notes (user_id uuid); GRANT ALL ON recurrence.notes TO taskflow_recurring_processor',
  )
  const event = completed()
  const { user_id } = event.data as { user_id: string }
  const handling = one.deliver('task-recurrence', [event])
  await entered.promise
  const deleting = other.deliver('user-events', [anEvent(userDeleted, {}, { user_id, key: user_id })])
  await delay(200)
  go.resolve()
  assert.deepEqual([await handling, await deleting], [['SUCCESS'], ['SUCCESS']])
  assert.equal((await pool.query('SELECT FROM recurrence.notes')).rowCount, 0)
})

test('a subscription chooses its attempts and waits, and whether the key of a parked event is held', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const done: string[] = []
  let broken = true
  const service = await startTestService(
    t,
    {
      subscriptions: [
        subscribe(
          'task-recurrence',
          {
            'task.completed': async ({ task }) => {
              if (broken && task.title === 'bad') throw new Error('cannot be done')
              done.push(task.title)
            },
            'recurring_task.due': ignore('not in this test'),
            'recurring_task.changed': ignore('not in this test'),
          },
          { maxAttempts: 2, firstWait: 60_000, whenParked: 'hold' },
        ),
      ],
    },
    { clock },
  )
  const retry = service.app.loops.find((loop) => loop.name === 'deferred events')!
  const bad = completed({ title: 'bad' })
  const ofKey = (title: string) => ({ ...completed({ title }), partitionkey: bad.partitionkey })
  await service.deliver('task-recurrence', [bad, ofKey('behind')])
  clock.advance({ seconds: 53 })
  await retry.processDue()
  const states = async () =>
    (await service.database.pool.query('SELECT state FROM recurrence.inbox ORDER BY kafka_offset')).rows.map(
      ({ state }) => state,
    )
  assert.deepEqual(await states(), ['deferred', 'deferred'], 'a minute, less a tenth at most')
  clock.advance({ seconds: 7 })
  await retry.processDue()
  assert.deepEqual(await states(), ['parked', 'deferred'])
  await service.deliver('task-recurrence', [ofKey('later')], { from: { partition: 0, offset: 2 } })
  clock.advance({ hours: 1 })
  await retry.processDue()
  assert.deepEqual(await states(), ['parked', 'deferred', 'deferred'], 'its key is held')
  broken = false
  await service.asSidecar('/operator/redrive', {
    method: 'POST',
    headers: { 'dapr-caller-app-id': 'chat-api' },
    body: JSON.stringify({ event_ids: [bad.id] }),
  })
  await retry.processDue()
  assert.deepEqual(done, ['bad', 'behind', 'later'], 'in order')
})
