import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { configReader, createBaseDeps, createServiceApp, orderLogLevel, type ServiceName } from '@taskflow/service-kit'
import { fakeClock, startService, type TestDatabase, testDatabase } from '@taskflow/test-kit'

/** A replica that listens to operators, configured to log errors only. */
const startReplica = async (t: TestContext, service: ServiceName, database: TestDatabase) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { app } = await startService(
    t,
    service,
    {
      readConfig: configReader(service, {}),
      createDeps: createBaseDeps,
      createApp: (deps) => createServiceApp({ deps, subscriptions: [], loops: [], api: [] }),
    },
    { clock },
    { database, env: { LOG_LEVEL: 'error' } },
  )
  const loop = app.loops.find(({ name }) => name === 'log level')!
  loop.start()
  return { level: () => app.log.level, clock, loop }
}

test('a level change reaches all replicas of a service only, and expires', { timeout: 30_000 }, async (t) => {
  const database = await testDatabase(t)
  const one = await startReplica(t, 'reminder-service', database)
  const two = await startReplica(t, 'reminder-service', database)
  const other = await startReplica(t, 'audit-logger', database)
  const levels = () => [one, two, other].map(({ level }) => level())
  const listeners = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN "log_level"%'`
  while ((await database.pool.query(listeners)).rowCount !== 3) await delay(10)
  const order = async (service: ServiceName | 'all', level: 'debug' | 'info' | 'warn', minutes: number) => {
    await orderLogLevel(database.pool, { service, level, minutes })
    const targets = service === 'all' ? [one, two, other] : [one, two]
    while (!targets.every((each) => each.level() === level)) await delay(5)
  }

  await database.pool.query(`SELECT pg_notify('log_level', 'nonsense'), pg_notify('log_level', '{"service":"all"}')`)
  await order('reminder-service', 'debug', 15)
  assert.deepEqual(levels(), ['debug', 'debug', 'error'])

  one.clock.advance({ minutes: 14 })
  await one.loop.processDue()
  assert.equal(one.level(), 'debug')
  one.clock.advance({ minutes: 1 })
  await one.loop.processDue()
  assert.deepEqual(levels(), ['error', 'debug', 'error'])

  await order('all', 'warn', 60)
  two.clock.advance({ minutes: 30 })
  await two.loop.processDue()
  assert.deepEqual(levels(), ['warn', 'warn', 'warn'], 'a later order counts from when it is given')
})
