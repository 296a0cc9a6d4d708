import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { taskCompleted } from '@taskflow/event-contracts'
import { ignore, ServiceFault, subscribe, type Tx } from '@taskflow/service-kit'
import { anEvent, aTask, fakeClock, scrape, type TestDatabase } from '@taskflow/test-kit'
import { startTestService } from '../test-service.ts'

const topic = 'task-recurrence'
const completed = (title: string) =>
  anEvent(taskCompleted, {
    task: aTask({ title, is_completed: true, completed_at: '2026-01-01T00:00:00Z' }),
    changed: {},
  })
const several = (count: number, name = 'event') => Array.from({ length: count }, (_, n) => completed(`${name} ${n}`))

/** A service whose handler of task.completed does what `handle` says. */
const start = async (
  t: TestContext,
  handle: (title: string, tx: Tx) => Promise<unknown>,
  { database }: { database?: TestDatabase } = {},
) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const done: string[] = []
  const service = await startTestService(
    t,
    {
      subscriptions: [
        subscribe(topic, {
          'task.completed': async ({ task }, tx) => {
            await handle(task.title, tx)
            done.push(task.title)
          },
          'recurring_task.due': ignore('not in this test'),
          'recurring_task.changed': ignore('not in this test'),
        }),
      ],
    },
    { clock },
    database ? { database } : {},
  )
  const { pool } = service.database
  return {
    ...service,
    clock,
    done,
    deliver: async (...events: ReturnType<typeof completed>[]) => new Set(await service.deliver(topic, events)),
    retry: () => service.app.loops.find((loop) => loop.name === 'deferred events')!.processDue(),
    states: async () => {
      const { rows } = await pool.query(
        'SELECT state, attempts, count(*)::int FROM recurrence.inbox GROUP BY 1, 2 ORDER BY 1, 2',
      )
      return rows.map(({ state, attempts, count }) => `${count} ${state} after ${attempts}`)
    },
    checks: async () => {
      // The check of a moment ago is shared.
      await delay(1_050)
      return ((await (await fetch(`${service.url}/readyz`)).json()) as { checks: Record<string, string> }).checks
    },
    order: (action: 'pause' | 'resume', body: object) =>
      service.asSidecar(`/operator/${action}`, {
        method: 'POST',
        headers: { 'dapr-caller-app-id': 'chat-api' },
        body: JSON.stringify({ topic, ...body }),
      }),
  }
}

const retry = new Set(['RETRY'])
const success = new Set(['SUCCESS'])

test('a right that is missing pauses the subscription; nothing is parked; granted again, it goes on in order', async (t) => {
  const service = await start(t, (_, tx) => tx.$client.query('SELECT FROM recurrence.denied'))
  const { pool } = service.database
  await pool.query('CREATE TABLE recurrence.denied ()')
  const batch = several(50)
  assert.deepEqual(await service.deliver(...batch), retry)
  assert.deepEqual(await service.states(), [], 'Kafka keeps them')
  const { subscriptions } = await service.checks()
  assert.match(
    subscriptions!,
    /^task-recurrence is paused by the service since .*: every event fails: .*permission denied/,
  )
  assert.equal((await scrape(service.url))('taskflow_subscription_paused', { topic, by: 'service' }), 1)
  for (let minute = 0; minute < 3; minute++) {
    service.clock.advance({ minutes: 1 })
    assert.deepEqual(await service.deliver(...batch), retry, 'a trial')
    assert.deepEqual(await service.deliver(...batch), retry)
    await service.retry()
  }
  assert.deepEqual(await service.states(), [])
  await pool.query('GRANT SELECT ON recurrence.denied TO taskflow_recurring_processor')
  service.clock.advance({ seconds: 10 })
  assert.deepEqual(await service.deliver(...batch), success)
  assert.equal((await service.checks()).subscriptions, undefined)
  assert.deepEqual(
    service.done,
    batch.map((_, number) => `event ${number}`),
  )
})

test('few events meet a fault of the service: they wait without an attempt being counted', async (t) => {
  let isBroken = true
  const service = await start(t, async () => {
    if (isBroken) throw new ServiceFault('the key is wrong')
  })
  assert.deepEqual(await service.deliver(completed('one')), success)
  for (let minute = 0; minute < 30; minute++) {
    service.clock.advance({ minutes: 1 })
    await service.retry()
  }
  assert.deepEqual(await service.states(), ['1 deferred after 0'])
  isBroken = false
  service.clock.advance({ minutes: 1 })
  await service.retry()
  assert.deepEqual(service.done, ['one'])
})

test('five keys in a row that fail for one reason pause the subscription, whatever the reason', async (t) => {
  let isBroken = true
  const service = await start(t, async (title) => {
    if (isBroken) throw new Error(`no answer for "${title}" after ${title.length} s`)
  })
  for (const event of several(4)) assert.deepEqual(await service.deliver(event), success)
  assert.deepEqual(await service.deliver(completed('fifth')), retry)
  service.clock.advance({ seconds: 5 })
  await service.retry()
  assert.deepEqual(await service.states(), ['4 deferred after 1'], 'a trial counts no attempt')
  isBroken = false
  service.clock.advance({ seconds: 10 })
  await service.retry()
  assert.equal(service.done.length, 4, 'without deliveries, the retry loop tries')
  assert.deepEqual(await service.deliver(completed('fifth')), success)
})

test('many bad events among good ones are deferred and parked; nothing is paused', async (t) => {
  const service = await start(t, async (title) => {
    if (title.startsWith('bad')) throw new Error('cannot be done')
  })
  assert.deepEqual(await service.deliver(completed('good'), ...several(8, 'bad'), completed('good, too')), success)
  assert.deepEqual(await service.states(), ['8 deferred after 1', '2 done after 0'])
  for (let time = 0; time < 4; time++) {
    service.clock.advance({ minutes: 5 })
    await service.retry()
  }
  assert.deepEqual(await service.states(), ['2 done after 0', '8 parked after 5'])
  assert.equal((await service.checks()).subscriptions, undefined)
})

test('replicas share a pause; the first one whose trial works ends it for all', async (t) => {
  let isBroken = true
  const handle = async () => {
    if (isBroken) throw new Error('the partner is away')
  }
  const one = await start(t, handle)
  const other = await start(t, handle, { database: one.database })
  assert.deepEqual(await one.deliver(...several(5)), retry)
  await delay(1_050)
  assert.deepEqual(await other.deliver(completed('a')), retry)
  assert.deepEqual(await other.deliver(completed('a')), retry)
  isBroken = false
  other.clock.advance({ seconds: 10 })
  assert.deepEqual(await other.deliver(completed('a')), success)
  await delay(1_050)
  assert.deepEqual(await one.deliver(completed('b')), success)
})

test('an operator pauses a subscription and resumes it; until then nothing is handled, retries included', async (t) => {
  const service = await start(t, async () => {})
  assert.equal((await service.order('pause', { note: 'the partner is moving' })).status, 200)
  service.clock.advance({ hours: 1 })
  assert.deepEqual(await service.deliver(completed('one')), retry)
  const { subscriptions } = await service.checks()
  assert.match(subscriptions!, /^task-recurrence is paused by the operator since .*: the partner is moving$/)
  assert.equal((await service.order('resume', {})).status, 200)
  assert.deepEqual(await service.deliver(completed('one')), success)
  const wrong = await service.order('pause', { topic: 'task-events', note: 'not a subscription of this service' })
  assert.equal(wrong.status, 422)
})

test('resumed by an operator, it is not paused again for some minutes: bad events are deferred and parked', async (t) => {
  const service = await start(t, async (title) => {
    if (title.startsWith('bad')) throw new Error('cannot be done')
  })
  const batch = several(6, 'bad')
  assert.deepEqual(await service.deliver(...batch), retry)
  await service.order('resume', { minutes: 10 })
  assert.deepEqual(await service.deliver(...batch), success)
  assert.deepEqual(await service.states(), ['6 deferred after 1'])
  for (let time = 0; time < 4; time++) {
    service.clock.advance({ minutes: 2 })
    await service.retry()
  }
  assert.deepEqual(await service.states(), ['6 parked after 5'])
})

test('handlers that all hang pause the subscription before anything is parked', { timeout: 240_000 }, async (t) => {
  let hangs = true
  const service = await start(t, () => (hangs ? new Promise(() => {}) : Promise.resolve()))
  const batches = [several(3, 'a'), several(3, 'b'), several(3, 'c')]
  const answers = new Set<string>()
  for (const batch of batches) for (const answer of await service.deliver(...batch)) answers.add(answer)
  assert.ok(answers.has('RETRY'), 'it is paused')
  hangs = false
  service.clock.advance({ minutes: 1 })
  for (const batch of batches) assert.deepEqual(await service.deliver(...batch), success)
  await service.retry()
  assert.equal(new Set(service.done).size, 9)
})
