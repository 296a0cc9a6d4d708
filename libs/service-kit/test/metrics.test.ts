import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { taskCompleted } from '@taskflow/event-contracts'
import { type AccessControl, ignore, subscribe } from '@taskflow/service-kit'
import { anEvent, aTask, fakeClock, scrape } from '@taskflow/test-kit'
import { startTestService } from './test-service.ts'

const topic = 'task-recurrence'
const completed = (title: string, time = new Date().toISOString()) => ({
  ...anEvent(taskCompleted, { task: aTask({ title }), changed: {} }),
  time,
})

/** A service whose handler fails for tasks called "bad". */
const start = async (t: Parameters<typeof startTestService>[0]) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const service = await startTestService(
    t,
    {
      subscriptions: [
        subscribe(topic, {
          'task.completed': async ({ task }) => {
            if (task.title === 'bad') throw new Error('cannot be done')
          },
          'recurring_task.due': ignore('not in this test'),
          'recurring_task.changed': ignore('not in this test'),
        }),
      ],
    },
    { clock },
  )
  const retry = async () => {
    clock.advance({ minutes: 5 })
    await service.app.loops.find(({ name }) => name === 'deferred events')?.processDue()
  }
  return { service, retry }
}

test('the outcomes of events are counted: done, duplicate, unreadable, deferred, retried and parked', async (t) => {
  const { service, retry } = await start(t)
  const good = completed('good', new Date(Date.now() - 2_000).toISOString())
  await service.deliver(topic, [good, completed('bad'), Buffer.from('not an event')])
  await service.deliver(topic, [good])
  const metric = await scrape(service.url)
  const outcomes = ['done', 'deferred', 'parked', 'duplicate', 'discarded']
  assert.deepEqual(
    outcomes.map((outcome) => metric('taskflow_events_taken_total', { topic, outcome })),
    [1, 1, 1, 1, 0],
  )
  assert.equal(metric('taskflow_handle_duration_seconds_count', { topic }), 2)
  assert.equal(metric('taskflow_event_delay_seconds_count', { topic }), 1)
  const delay = metric('taskflow_event_delay_seconds_sum', { topic }) ?? 0
  assert.ok(delay >= 2 && delay < 60, `a delay of ${delay} s`)
  assert.deepEqual(
    ['deferred', 'parked'].map((state) => metric('taskflow_inbox_events', { state })),
    [1, 1],
  )
  assert.equal(metric('taskflow_dead_letters_total'), 1)

  for (let attempt = 2; attempt <= 5; attempt++) await retry()
  const given = await scrape(service.url)
  assert.equal(given('taskflow_handler_retries_total', { topic, result: 'failed' }), 4)
  assert.equal(given('taskflow_dead_letters_total', { topic }), 2)
  assert.equal(given('taskflow_inbox_events', { state: 'parked' }), 2)
  assert.equal(given('taskflow_outbox_events'), 2, 'what tells of the two dead letters waits to be published')
  assert.ok(given('taskflow_outbox_oldest_age_seconds')! >= 0)
})

test('publishing is measured and retries are counted', async (t) => {
  let calls = 0
  const publish = async () =>
    calls++ === 0 ? { ok: false, status: null, reason: 'no answer' } : { ok: true, failed: new Map() }
  const sidecar = { publish, problemWith: async () => undefined, close: async () => {} }
  const service = await startTestService(t, { subscriptions: [] }, { sidecar: sidecar as never })
  await service.database.pool.query(
    `INSERT INTO recurrence.outbox (event_id, topic, key, event) VALUES (gen_random_uuid(), 'dead-letters', 'key', '{}')`,
  )
  service.app.work()
  while ((await service.outbox('recurrence')).length > 0) await delay(20)
  const { publishDuration, publishRetries, eventsPublished } = service.deps.metrics
  const counts = (await publishDuration.get()).values.filter(({ metricName }) => metricName?.endsWith('_count'))
  assert.deepEqual(
    counts.map(({ labels, value }) => [labels.topic, labels.result, value]),
    [
      ['dead-letters', 'failed', 1],
      ['dead-letters', 'ok', 1],
    ],
  )
  assert.equal((await publishRetries.get()).values[0]?.value, 1)
  assert.equal((await eventsPublished.get()).values[0]?.value, 1)
})

test('a batch that could not be stored is counted as refused', async (t) => {
  const { service } = await start(t)
  await service.database.pool.query('ALTER TABLE recurrence.inbox RENAME TO away')
  assert.deepEqual(await service.deliver(topic, [completed('good')]), ['RETRY'])
  await service.database.pool.query('ALTER TABLE recurrence.away RENAME TO inbox')
  assert.equal((await scrape(service.url))('taskflow_deliveries_refused_total', { topic }), 1)
})

test('a scrape reports what is down and omits what is unknown', async (t) => {
  const { service } = await start(t)
  const before = await scrape(service.url)
  assert.deepEqual([before('taskflow_sidecar_up'), before('taskflow_database_up')], [0, 1])
  assert.equal(before('taskflow_outbox_events'), 0)
  assert.equal(before('taskflow_outbox_relay_active'), 0)
  t.mock.method(service.deps.pool, 'query', async () => {
    throw new Error('the database is away')
  })
  await delay(1_100) // until then, the last check is valid
  const during = await scrape(service.url)
  assert.equal(during('taskflow_database_up'), 0)
  assert.equal(during('taskflow_outbox_events'), undefined)
})

test('a large backlog is reported as well, from a bounded number of rows', async (t) => {
  const { service } = await start(t)
  const { pool } = service.database
  await pool.query(`
    INSERT INTO recurrence.outbox (event_id, topic, key, event, created_at)
    SELECT gen_random_uuid(), 'x', '', '{}', now() - interval '10 minutes' FROM generate_series(1, 300000);
    INSERT INTO recurrence.outbox_published (event_id, topic, created_at)
    SELECT gen_random_uuid(), 'x', now() FROM generate_series(1, 150000);
    INSERT INTO recurrence.inbox (event_id, state, topic, partition, kafka_offset, key, received_at, attempts, body, headers, next_attempt_at)
    SELECT n, CASE n % 3 WHEN 0 THEN 'parked' ELSE 'deferred' END, 'x', 0, n, '', now(), 0, 'x', '{}', now()
    FROM generate_series(1, 150000) AS n;
    ANALYZE`)
  const query = t.mock.method(service.deps.pool, 'query')
  const metric = await scrape(service.url)
  assert.ok(metric('taskflow_outbox_oldest_age_seconds')! >= 600)
  const about = (name: string, labels: Record<string, string>, expected: number) => {
    const value = metric(name, labels)!
    assert.ok(value >= expected * 0.9 && value <= expected * 1.1, `${name} is ${value}`)
  }
  about('taskflow_outbox_events', {}, 300_000)
  about('taskflow_inbox_events', { state: 'deferred' }, 100_000)
  about('taskflow_inbox_events', { state: 'parked' }, 50_000)

  const statements = query.mock.calls
    .map(({ arguments: [text] }) => String(text))
    .filter((text) => /recurrence/.test(text))
  const read = await Promise.all(statements.map((text) => rowsRead(pool, text)))
  assert.ok(Math.max(...read) <= 100_010, `rows that statements read: ${read}`)
  assert.ok(!statements.some((text) => text.includes('outbox_published')))
})

/** How many rows a statement reads from tables. */
const rowsRead = async (pool: { query: (text: string) => Promise<{ rows: unknown[] }> }, text: string) => {
  const { rows } = await pool.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`)
  const count = (node: Record<string, unknown>): number => {
    const below = (node.Plans as Record<string, unknown>[] | undefined) ?? []
    const own = node['Relation Name'] ? Number(node['Actual Rows']) + Number(node['Rows Removed by Filter'] ?? 0) : 0
    return own * Number(node['Actual Loops']) + below.map(count).reduce((sum, each) => sum + each, 0)
  }
  return count((rows[0] as { 'QUERY PLAN': { Plan: Record<string, unknown> }[] })['QUERY PLAN'][0]!.Plan)
}

test('behind a proxy, metrics are served to direct requests only', async (t) => {
  const accessControl = { trustedProxies: 1 } as AccessControl
  const service = await startTestService(t, { subscriptions: [], accessControl })
  assert.equal((await fetch(`${service.url}/metrics`)).status, 200)
  const headers = { 'x-forwarded-for': '203.0.113.7' }
  assert.equal((await fetch(`${service.url}/metrics`, { headers })).status, 404)
})

test('requests are measured by route, not by path', async (t) => {
  const { service } = await start(t)
  await service.asSidecar('/operator/event?event_id=1', { headers: { 'dapr-caller-app-id': 'chat-api' } })
  const request = { method: 'get', route: '/operator/event', status: '200' }
  assert.equal((await scrape(service.url))('taskflow_http_request_duration_seconds_count', request), 1)
})
