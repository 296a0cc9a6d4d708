import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { taskCompleted } from '@taskflow/event-contracts'
import {
  configReader,
  createBaseDeps,
  createLog,
  createMetrics,
  createRelay,
  createServiceApp,
  ignore,
  subscribe,
  untraced,
} from '@taskflow/service-kit'
import { anEvent, aTask, startService, startSwallowingProxy, testDatabase } from '@taskflow/test-kit'

test('when the database host vanishes and another takes its name, deliveries go on within 20 s', async (t) => {
  const database = await testDatabase(t)
  const proxy = await startSwallowingProxy(t, database.urlFor('recurring-processor'))
  const subscription = subscribe('task-recurrence', {
    'task.completed': async (_data, tx) => tx.$client.query('SELECT 1'),
    'recurring_task.due': ignore('not in this test'),
    'recurring_task.changed': ignore('not in this test'),
  })
  const service = await startService(
    t,
    'recurring-processor',
    {
      readConfig: configReader('recurring-processor', {}),
      createDeps: createBaseDeps,
      createApp: (deps) => createServiceApp({ deps, subscriptions: [subscription], loops: [], api: [] }),
    },
    {},
    { database, env: { RECURRING_PROCESSOR_DATABASE_URL: proxy.url } },
  )
  const completed = () => anEvent(taskCompleted, { task: aTask({ is_completed: true }), changed: {} })
  const deliver = () => service.deliver('task-recurrence', [completed()])
  assert.deepEqual(await Promise.all([deliver(), deliver(), deliver()]), [['SUCCESS'], ['SUCCESS'], ['SUCCESS']])
  proxy.vanish()
  const began = performance.now()
  const answers: string[] = []
  while (answers.at(-1) !== 'SUCCESS') {
    assert.ok(performance.now() - began < 20_000, `${answers} after 20 s`)
    answers.push(...((await Promise.race([deliver(), delay(20_000, ['no answer'], { ref: false })])) as string[]))
  }
  assert.deepEqual(answers, ['RETRY', 'SUCCESS'])
})

test('when the host vanishes under an active relay, it publishes over a new connection within 20 s', async (t) => {
  const database = await testDatabase(t)
  const proxy = await startSwallowingProxy(t, database.urlFor('recurring-processor'))
  const log = createLog({ service: 'test', level: 'error' })
  log.silent = true
  const published: string[] = []
  const relay = createRelay({
    schema: 'recurrence',
    databaseUrl: proxy.url,
    sidecar: {
      publish: async (_topic, entries) => {
        published.push(...entries.map((entry) => entry.event_id))
        return { ok: true, failed: new Map() }
      },
    },
    log,
    metrics: createMetrics('test'),
    tracing: untraced,
  })
  t.after(() => relay.stop(0))
  relay.start()
  while (!relay.isActive()) await delay(20)
  proxy.vanish()
  const event_id = randomUUID()
  await database.pool.query(
    `INSERT INTO recurrence.outbox (event_id, topic, key, event) VALUES ($1, 'dead-letters', 'a', '{}')`,
    [event_id],
  )
  const began = performance.now()
  while (!published.includes(event_id)) {
    assert.ok(performance.now() - began < 20_000, 'not published within 20 s')
    await delay(50)
  }
})
