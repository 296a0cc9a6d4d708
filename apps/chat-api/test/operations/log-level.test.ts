import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { startWithServices } from '../../testing/start-with-services.ts'

const path = '/api/v1/admin/log-level'

test('an operator raises the log level of all replicas for a while; the request is audited', async (t) => {
  const { operator, service, signup } = await startWithServices(t, () => ({}))
  const client = new pg.Client({ connectionString: service.database.url })
  await client.connect()
  t.after(() => client.end())
  await client.query('LISTEN log_level')
  const notified = new Promise<string | undefined>((resolve) =>
    client.on('notification', ({ payload }) => resolve(payload)),
  )

  const admin = await operator()
  const order = { service: 'reminder-service', level: 'debug', minutes: 30 }
  const before = Date.now()
  const { status, body } = await admin.send('PUT', path, order)
  assert.equal(status, 200)
  assert.deepEqual({ ...body, until: undefined }, { ...order, until: undefined })
  const minutes = (Date.parse(body.until) - before) / 60_000
  assert.ok(minutes >= 30 && minutes < 31, `${minutes}`)
  assert.deepEqual(JSON.parse((await notified) ?? ''), order)
  const [use] = (await service.outbox('tasks')).filter(({ event }) => event.type === 'admin.acted')
  assert.deepEqual(use?.event.data.operation, `PUT ${path}`)

  for (const wrong of [
    { level: 'debug' },
    { service: 'nobody', level: 'debug' },
    { service: 'all', level: 'loud' },
    { service: 'all', level: 'debug', minutes: 1_441 },
    { service: 'all', level: 'debug', minutes: 0 },
  ]) {
    assert.equal((await admin.send('PUT', path, wrong)).status, 422, JSON.stringify(wrong))
  }
  assert.equal((await (await signup()).send('PUT', path, order)).status, 403)
})
