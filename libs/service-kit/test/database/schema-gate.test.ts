import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { taskCompleted } from '@taskflow/event-contracts'
import { ignore, subscribe } from '@taskflow/service-kit'
import { anEvent, aTask } from '@taskflow/test-kit'
import { startTestService } from '../test-service.ts'

test('a replica whose tables are not there yet does not begin: no event, no loop, no request; then it goes on', async (t) => {
  let handled = 0
  const service = await startTestService(t, {
    schemaVersion: { name: '9999_later', when: 4_000_000_000_000 },
    subscriptions: [
      subscribe('task-recurrence', {
        'task.completed': async () => void handled++,
        'recurring_task.due': ignore('not in this test'),
        'recurring_task.changed': ignore('not in this test'),
      }),
    ],
  })
  let steps = 0
  for (const loop of service.app.loops) t.mock.method(loop, 'start', () => steps++)
  service.app.work()
  const deliver = () =>
    service.deliver('task-recurrence', [anEvent(taskCompleted, { task: aTask({ is_completed: true }), changed: {} })])
  assert.deepEqual(await deliver(), ['RETRY'])
  const ready = async (path: string) => {
    const answer = await fetch(service.url + path)
    return { status: answer.status, body: (await answer.json()) as { checks: Record<string, string> } }
  }
  const { status, body } = await ready('/readyz/requests')
  assert.equal(status, 503)
  assert.equal(body.checks.schema, 'this release needs migration 9999_later; run the migrations')
  assert.equal((await fetch(`${service.url}/healthz`)).status, 200, 'a restart would not help')
  const asked = await service.asSidecar('/operator/delivery', { headers: { 'dapr-caller-app-id': 'chat-api' } })
  assert.equal(asked.status, 503)
  assert.deepEqual([handled, steps], [0, 0])

  await service.database.pool.query(
    `INSERT INTO kit_migrations.__drizzle_migrations (hash, created_at) VALUES ('later', 4000000000000)`,
  )
  await delay(2_200)
  assert.deepEqual(await deliver(), ['SUCCESS'])
  assert.equal((await ready('/readyz/requests')).status, 200)
  assert.equal(handled, 1)
  assert.equal(steps, service.app.loops.length)
})
