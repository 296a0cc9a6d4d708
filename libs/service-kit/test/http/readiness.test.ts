import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { startTestService } from '../test-service.ts'

test('a flood of questions for readiness costs one check a second', async (t) => {
  const service = await startTestService(t, { subscriptions: [] })
  const { pool, sidecar } = service.deps
  const [queries, calls] = [t.mock.method(pool, 'query'), t.mock.method(sidecar, 'problemWith')]
  const ask = async () => {
    for (let round = 0; round < 10; round++) {
      await Promise.all(
        ['/readyz', '/readyz/requests'].flatMap((path) =>
          Array.from({ length: 10 }, async () => (await fetch(service.url + path)).arrayBuffer()),
        ),
      )
    }
  }
  const began = performance.now()
  await ask()
  const checks = queries.mock.calls.filter(({ arguments: [sql] }) => String(sql) === 'SELECT 1').length
  assert.ok(checks <= 1 + (performance.now() - began) / 1_000, `${checks} checks of the database`)
  assert.equal(calls.mock.callCount(), checks)
  await delay(1_100)
  await ask()
  assert.ok(calls.mock.callCount() > checks, 'later, it is checked again')
})

test('only this machine learns what is wrong; through a proxy, the state alone', async (t) => {
  const service = await startTestService(t, { subscriptions: [] })
  for (const path of ['/readyz', '/readyz/requests']) {
    const near = (await (await fetch(service.url + path)).json()) as { checks?: object }
    assert.deepEqual(Object.keys(near.checks ?? {}), ['database', 'sidecar', 'publishing'])
    for (const header of ['x-forwarded-for', 'forwarded']) {
      const far = await fetch(service.url + path, { headers: { [header]: 'for=203.0.113.7' } })
      const ok = path === '/readyz/requests'
      assert.deepEqual([far.status, await far.json()], ok ? [200, { status: 'ok' }] : [503, { status: 'degraded' }])
    }
  }
})
