import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import {
  type BulkEntry,
  createLog,
  createMetrics,
  createRelay,
  type PublishResult,
  untraced,
} from '@taskflow/service-kit'
import { eventuallyWithin, startSwallowingProxy, testDatabase } from '@taskflow/test-kit'
import { readRows } from '../../src/outbox/rows.ts'

const eventually = eventuallyWithin(20)
const log = createLog({ service: 'test', level: 'error' })
log.silent = true
const written: PublishResult = { ok: true, failed: new Map() }

const relayOn = (
  t: TestContext,
  databaseUrl: string,
  publish: (topic: string, entries: BulkEntry[]) => Promise<PublishResult>,
  options: { hasPendingRequests?: () => boolean } = {},
) => {
  const sidecar = { publish }
  const metrics = createMetrics('test')
  const relay = createRelay({ schema: 'recurrence', databaseUrl, sidecar, log, metrics, tracing: untraced, ...options })
  t.after(() => relay.stop(0))
  return relay
}

const outboxOf = async (t: TestContext) => {
  const database = await testDatabase(t)
  const add = (keys: string[], { topic = 'dead-letters', event = '{}' } = {}) =>
    database.pool.query(
      `INSERT INTO recurrence.outbox (event_id, topic, key, event)
       SELECT gen_random_uuid(), $2, key, $3 FROM unnest($1::text[]) AS key`,
      [keys, topic, event],
    )
  const isEmpty = async () => (await database.pool.query('SELECT 1 FROM recurrence.outbox LIMIT 1')).rowCount === 0
  return { database, url: database.urlFor('recurring-processor'), add, isEmpty }
}
const keys = (count: number) => Array.from({ length: count }, () => randomUUID())

test('after a long call that failed, the relay does not rest as long again, though requests are pending', async (t) => {
  const { url, add, isEmpty } = await outboxOf(t)
  await add(keys(150))
  const began: number[] = []
  const relay = relayOn(
    t,
    url,
    async () => {
      began.push(performance.now())
      if (began.length > 1) return written
      await delay(3_000)
      return { ok: false, status: null, reason: 'no answer' }
    },
    { hasPendingRequests: () => true },
  )
  relay.start()
  await eventually('the outbox is empty', isEmpty)
  assert.ok(began[1]! - began[0]! < 4_500, `the second call began ${began[1]! - began[0]!} ms after the first`)
})

test('a call that hangs does not hold up other topics, and does not hold up a stop', async (t) => {
  const { url, add } = await outboxOf(t)
  const published: string[] = []
  const hang = new Promise<never>(() => {})
  const relay = relayOn(t, url, async (topic) => {
    if (topic === 'task-recurrence') await hang
    published.push(topic)
    return written
  })
  await add(['a'], { topic: 'task-recurrence' })
  relay.start()
  await eventually('the relay is active', async () => relay.isActive())
  await delay(1_000)
  await add(['b'])
  await eventually('the other topic is published', async () => published.includes('dead-letters'))
  const began = performance.now()
  await relay.stop(1_000)
  assert.ok(performance.now() - began < 5_000, 'stop() waited for the call')
})

test('one malformed row among 400 costs tens of calls', async (t) => {
  const { database, url, add, isEmpty } = await outboxOf(t)
  await add(keys(199))
  await add(['bad'])
  await add(keys(200))
  let calls = 0
  relayOn(t, url, async (_topic, entries) => {
    calls++
    return entries.some(({ key }) => key === 'bad') ? { ok: false, status: 400, reason: 'malformed' } : written
  }).start()
  await eventually('the outbox is empty', isEmpty)
  const { rows } = await database.pool.query('SELECT key FROM recurrence.outbox_rejected')
  assert.deepEqual(rows, [{ key: 'bad' }])
  assert.ok(calls < 60, `${calls} calls`)
})

test('a read of the outbox is bounded in bytes', async (t) => {
  const { database, add } = await outboxOf(t)
  await add(keys(50), { event: 'x'.repeat(100_000) })
  const client = await database.pool.connect()
  const read = async (known: string[]) => readRows(client, 'recurrence', known, 2_000, 1_000_000)
  const first = await read([])
  assert.equal(first.length, 10)
  const second = await read(first.map(({ id }) => id))
  assert.equal(Number(second[0]!.id), Number(first[9]!.id) + 1)
  client.release()
})

test('a relay that is not heard of for 5 s loses the outbox: another publishes within 10 s', async (t) => {
  const { database, url, add, isEmpty } = await outboxOf(t)
  const proxy = await startSwallowingProxy(t, url)
  const first = relayOn(t, proxy.url, async () => written)
  first.start()
  await eventually('the first is active', async () => first.isActive())
  const second = relayOn(t, url, async () => written)
  second.start()
  await delay(6_500)
  assert.equal(second.isActive(), false, 'a relay that has nothing to publish keeps the lock')
  proxy.vanish()
  const began = performance.now()
  await add(['a'])
  await eventually('the row is published', isEmpty)
  assert.ok(performance.now() - began < 10_000, `taken over after ${performance.now() - began} ms`)
  assert.ok((await database.pool.query('SELECT 1 FROM recurrence.outbox_published')).rowCount)
})
