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
import { testDatabase } from '@taskflow/test-kit'

const log = createLog({ service: 'test', level: 'error' })
log.silent = true

/** A relay that publishes outbox rows with `publish` instead of a sidecar. */
const startRelay = async (
  t: TestContext,
  publish: (topic: string, entries: BulkEntry[]) => Promise<PublishResult>,
  database?: Awaited<ReturnType<typeof testDatabase>>,
) => {
  const own = database ?? (await testDatabase(t))
  const relay = createRelay({
    schema: 'recurrence',
    databaseUrl: own.urlFor('recurring-processor'),
    sidecar: { publish },
    log,
    metrics: createMetrics('test'),
    tracing: untraced,
  })
  t.after(() => relay.stop(0))
  const add = async (key: string, text: string, topic = 'dead-letters') => {
    const event_id = randomUUID()
    await own.pool.query('INSERT INTO recurrence.outbox (event_id, topic, key, event) VALUES ($1, $2, $3, $4)', [
      event_id,
      topic,
      key,
      JSON.stringify({ text }),
    ])
    return event_id
  }
  const waiting = async () => Number((await own.pool.query('SELECT count(*) FROM recurrence.outbox')).rows[0].count)
  return { relay, database: own, add, waiting }
}

const until = async (what: string, condition: () => Promise<boolean> | boolean, seconds = 10) => {
  const deadline = Date.now() + seconds * 1_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new assert.AssertionError({ message: `did not happen: ${what}` })
    await delay(10)
  }
}

const textOf = ({ event }: BulkEntry) => JSON.parse(event).text as string
const written: PublishResult = { ok: true, failed: new Map() }

test('rows are published in order per key, one at a time, and deleted', async (t) => {
  const order = new Map<string, string[]>()
  const inFlight = new Set<string>()
  let calls = 0
  let maxCalls = 0
  const { relay, add, waiting } = await startRelay(t, async (_topic, entries) => {
    maxCalls = Math.max(maxCalls, ++calls)
    for (const entry of entries) {
      assert.ok(!inFlight.has(entry.key), 'two events of one key in flight')
      inFlight.add(entry.key)
    }
    await delay(5)
    for (const entry of entries) {
      inFlight.delete(entry.key)
      order.set(entry.key, [...(order.get(entry.key) ?? []), textOf(entry)])
    }
    calls--
    return written
  })
  for (let i = 0; i < 60; i++) await add(`key ${i % 7}`, String(i))
  relay.start()
  await until('the outbox is empty', async () => (await waiting()) === 0)
  assert.ok(maxCalls <= 2, `${maxCalls} calls at once`)
  assert.equal([...order.values()].flat().length, 60)
  for (const texts of order.values())
    assert.deepEqual(
      texts,
      texts.toSorted((a, b) => Number(a) - Number(b)),
    )
})

test('only failed entries are retried, before later ones of their key', async (t) => {
  const published: string[] = []
  let fail = true
  const { relay, add, waiting } = await startRelay(t, async (_topic, entries) => {
    const failed = new Map<string, string>()
    for (const entry of entries) {
      if (fail && textOf(entry) === 'a1') failed.set(entry.event_id, 'leader not available')
      else published.push(textOf(entry))
    }
    fail = false
    return { ok: true, failed }
  })
  await add('a', 'a1')
  await add('a', 'a2')
  await add('b', 'b1')
  relay.start()
  await until('the outbox is empty', async () => (await waiting()) === 0)
  assert.equal(published.filter((text) => text === 'b1').length, 1)
  assert.deepEqual(
    published.filter((text) => text.startsWith('a')),
    ['a1', 'a2'],
  )
})

test('while the sidecar is down rows wait and the relay reports why; then they are published', async (t) => {
  let down = true
  const published: string[] = []
  const { relay, add, waiting } = await startRelay(t, async (_topic, entries) => {
    if (down) return { ok: false, status: null, reason: 'connect ECONNREFUSED' }
    published.push(...entries.map(textOf))
    return written
  })
  await add('a', 'kept')
  relay.start()
  await until('the relay is in trouble', () => relay.trouble() !== undefined)
  assert.equal(relay.trouble(), 'connect ECONNREFUSED')
  assert.equal(await waiting(), 1)
  down = false
  await until('the outbox is empty', async () => (await waiting()) === 0)
  assert.deepEqual(published, ['kept'])
  assert.equal(relay.trouble(), undefined)
})

test('an event that is too large or refused is set aside with its reason; the others are published', async (t) => {
  const published: string[] = []
  const { relay, add, database, waiting } = await startRelay(t, async (_topic, entries) => {
    if (entries.some((entry) => textOf(entry) === 'refused')) return { ok: false, status: 400, reason: 'malformed' }
    published.push(...entries.map(textOf))
    return written
  })
  const large = await add('a', 'x'.repeat(1_048_576))
  await add('a', 'after the large one')
  const refused = await add('b', 'refused')
  await add('b', 'after the refused one')
  await add('c', 'other')
  relay.start()
  await until('the outbox is empty', async () => (await waiting()) === 0)
  assert.deepEqual(published.toSorted(), ['after the large one', 'after the refused one', 'other'])
  const { rows } = await database.pool.query('SELECT event_id, reason FROM recurrence.outbox_rejected ORDER BY id')
  assert.deepEqual(
    rows.map((row) => row.event_id),
    [large, refused],
  )
  assert.match(rows[0].reason, /larger than/)
  assert.equal(rows[1].reason, 'malformed')
})

test('one of two relays is active; when its connection is cut, the other takes over within 2 s', async (t) => {
  const publishers: string[] = []
  const publishing = (name: string) => async () => {
    publishers.push(name)
    return written
  }
  const first = await startRelay(t, publishing('first'))
  first.relay.start()
  await until('the first is active', () => first.relay.isActive())
  const second = await startRelay(t, publishing('second'), first.database)
  second.relay.start()
  await first.add('a', '1')
  await until('the outbox is empty', async () => (await first.waiting()) === 0)
  assert.deepEqual(publishers, ['first'])
  assert.equal(second.relay.isActive(), false)

  const stopping = first.relay.stop(0)
  await until('the second is active', () => second.relay.isActive())
  await stopping
  await first.add('a', '2')
  await until('the outbox is empty', async () => (await first.waiting()) === 0)
  assert.deepEqual(publishers, ['first', 'second'])
})

test('a row with a smaller id that is committed later is published too', async (t) => {
  const published: string[] = []
  const { relay, add, database, waiting } = await startRelay(t, async (_topic, entries) => {
    published.push(...entries.map(textOf))
    return written
  })
  const slow = await database.pool.connect()
  await slow.query('BEGIN')
  await slow.query(
    `INSERT INTO recurrence.outbox (event_id, topic, key, event) VALUES (gen_random_uuid(), 'dead-letters', 'slow', '{"text":"slow"}')`,
  )
  await add('fast', 'fast')
  relay.start()
  await until('the fast one is out', () => published.includes('fast'))
  await slow.query('COMMIT')
  slow.release()
  await until('the outbox is empty', async () => (await waiting()) === 0)
  assert.deepEqual(published, ['fast', 'slow'])
})

test('stopping publishes the remaining rows', async (t) => {
  const published: string[] = []
  const { relay, add, waiting } = await startRelay(t, async (_topic, entries) => {
    await delay(20)
    published.push(...entries.map(textOf))
    return written
  })
  relay.start()
  await until('active', () => relay.isActive())
  for (let i = 0; i < 10; i++) await add('a', String(i))
  await relay.stop(5_000)
  assert.equal(await waiting(), 0)
  assert.equal(published.length, 10)
})
