import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { startTestService } from '../test-service.ts'

test('liveness fails when no connection was given back for a minute; readiness says so', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const service = await startTestService(t, { subscriptions: [] }, { clock })
  const { pool } = service.deps
  const health = async () => (await fetch(`${service.url}/healthz`)).status
  const taken = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()))
  clock.advance({ seconds: 59 })
  assert.equal(await health(), 200)
  clock.advance({ seconds: 1 })
  assert.equal(await health(), 503)
  const { checks } = (await (await fetch(`${service.url}/readyz`)).json()) as { checks: Record<string, string> }
  assert.equal(checks.database, `all ${pool.options.max} connections have been in use for 60 s`)
  taken.pop()!.release()
  assert.equal(await health(), 200)
  for (const client of taken) client.release()
})

test('a database that is away is not a stuck pool: a restart would not help', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const service = await startTestService(t, { subscriptions: [] }, { clock })
  const { pool } = service.deps
  pool.options.port = 1
  for (const round of [1, 2]) {
    await Promise.allSettled(Array.from({ length: 20 }, () => pool.query('SELECT 1')))
    clock.advance({ minutes: round })
    assert.equal((await fetch(`${service.url}/healthz`)).status, 200)
  }
})
