import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { away, startWithServices } from '../../testing/start-with-services.ts'

const self = (fields: object = {}) => ({
  ...{ status: 'ok', checks: { database: 'ok' }, version: '0.1.0', node: '26.0.0', replica: 'here/1' },
  ...{ started_at: '2026-01-01T00:00:00Z', uptime_seconds: 1, publishes: true, takes: {} },
  flow: {
    published: [{ topic: 'task-reminders', count: 3 }],
    taken: [{ topic: 'task-events', outcome: 'done', count: 9 }],
  },
  sidecar: {
    ...{ id: 'x', runtimeVersion: '1.18.2' },
    components: [{ name: 'kafka-pubsub', type: 'pubsub.kafka', version: 'v1' }],
    subscriptions: [{ pubsubname: 'kafka-pubsub', topic: 'task-events' }],
  },
  ...fields,
})

test('services are shown with their traffic, components with who loads them, topics with their members', async (t) => {
  const { operator } = await startWithServices(t, () => self())
  const { status, body } = await (await operator()).get('/api/v1/admin/mesh')
  assert.equal(status, 200)
  assert.deepEqual(body.unreachable, [])
  assert.deepEqual(Object.keys(body.services), [
    ...['chat-api', 'recurring-processor', 'reminder-service', 'notification-service', 'audit-logger'],
  ])
  const itself = body.services['chat-api']
  assert.deepEqual([itself.status, itself.version, itself.sidecar.runtimeVersion], ['ok', '0.1.0', '1.18.2'])
  assert.deepEqual(itself.takes['task-reminders'], ['reminder.due', 'reminder.sent', 'reminder.failed'])
  assert.ok(itself.uptime_seconds >= 0)
  assert.deepEqual(body.services['reminder-service'].flow.taken, [{ topic: 'task-events', outcome: 'done', count: 9 }])
  assert.deepEqual(
    body.components.map(({ name, services }: { name: string; services: string[] }) => [name, services.length]),
    [['kafka-pubsub', 4]],
  )
  const topic = body.topics.find(({ name }: { name: string }) => name === 'task-events')
  assert.deepEqual([topic.partitions, topic.subscribers.length, topic.publishers], [3, 4, []])
})

test('traffic of a service is counted where it was consumed', async (t) => {
  const { operator, service } = await startWithServices(t, () => self())
  await service.deliver('task-events', [Buffer.from('not json')])
  const { body } = await (await operator()).get('/api/v1/admin/mesh')
  const parked = body.services['chat-api'].flow.taken.find(({ outcome }: { outcome: string }) => outcome === 'parked')
  assert.deepEqual(parked, { topic: 'task-events', outcome: 'parked', count: 1 })
})

test('a dead service, a dead sidecar and a hanging one are named with the reason within two seconds', async (t) => {
  const { operator } = await startWithServices(t, (service) => {
    if (service === 'reminder-service') {
      return away('{"error":"ERR_DIRECT_INVOKE","error_msg":"error invoking app channel: connection refused"}')
    }
    if (service === 'audit-logger') return away('{"error_msg":"ERR_DIRECT_INVOKE: failed to resolve address"}')
    if (service === 'notification-service') return new Promise(() => {})
    return self({ status: 'degraded', checks: { database: 'database: away' } })
  })
  const admin = await operator()
  const began = performance.now()
  const { status, body } = await admin.get('/api/v1/admin/mesh')
  assert.ok(performance.now() - began < 10_000, 'a service that hangs is left out')
  assert.equal(status, 200)
  assert.deepEqual(body.unreachable, ['reminder-service', 'notification-service', 'audit-logger'])
  assert.match(body.services['reminder-service'].reason, /does not answer its sidecar/)
  assert.match(body.services['audit-logger'].reason, /the sidecar of audit-logger/)
  assert.match(body.services['notification-service'].reason, /hangs/)
  assert.equal(body.services['recurring-processor'].checks.database, 'database: away')
})

test('a polled request is audited once in five minutes; any other request at once', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { operator, service } = await startWithServices(t, () => self(), { clock })
  const admin = await operator()
  const audited = async () => (await service.outbox('tasks')).filter(({ event }) => event.type === 'admin.acted').length
  for (let second = 0; second < 3; second++) {
    await admin.get('/api/v1/admin/mesh')
    clock.advance({ seconds: 1 })
  }
  assert.equal(await audited(), 1)
  await admin.get('/api/v1/admin/dead-letters?state=parked')
  await admin.get('/api/v1/admin/dead-letters')
  assert.equal(await audited(), 3)
  clock.advance({ minutes: 5 })
  await admin.get('/api/v1/admin/mesh')
  assert.equal(await audited(), 4)
  await admin.get('/api/v1/admin/users')
  await admin.get('/api/v1/admin/users')
  assert.equal(await audited(), 6, 'requests that are not polled are audited each time')
  await (await operator()).get('/api/v1/admin/mesh')
  assert.equal(await audited(), 7, 'another admin')
})

test('upcoming firings come from the firing services, lateness from the audit log, without any text of users', async (t) => {
  const at = '2026-01-01T09:00:00Z'
  const record = {
    ...{ user_id: 'u', time: '2026-01-01T09:00:00.250Z' },
    data: { reminder: { id: 'r', at, type: 'at' }, task: { id: 't', title: 'Secret' } },
  }
  const { operator, requests } = await startWithServices(t, (service) =>
    service === 'recurring-processor'
      ? away('away')
      : { data: service === 'audit-logger' ? [record] : [{ reminder_id: 'next' }] },
  )
  const { body } = await (await operator()).get('/api/v1/admin/schedules')
  assert.deepEqual(body, {
    reminders: [{ reminder_id: 'next' }],
    series: [],
    last_fired: [{ reminder_id: 'r', task_id: 't', user_id: 'u', at, fired_at: record.time, late_ms: 250 }],
    unreachable: ['recurring-processor'],
  })
  assert.deepEqual(requests.toSorted(), [
    'audit-logger audit/events?type=reminder.due&limit=20',
    'recurring-processor schedule/next?limit=50',
    'reminder-service schedule/next?limit=50',
  ])
})

test('the chain state is that of audit-logger; 503 while it is unavailable', async (t) => {
  let isAway = false
  const chain = { length: 3, hash: 'x', checkpoint: null, verification: { verified_to: 3, first_bad: null } }
  const { operator } = await startWithServices(t, () => (isAway ? away('away') : chain))
  const admin = await operator()
  assert.deepEqual((await admin.get('/api/v1/admin/audit/chain')).body, chain)
  isAway = true
  assert.equal((await admin.get('/api/v1/admin/audit/chain')).status, 503)
})

test('the delivery state of each service is reported with its time', async (t) => {
  const delivery = { outbox: { waiting: 7 }, inbox: {}, publishing_trouble: 'broker away' }
  const { operator, service } = await startWithServices(
    t,
    (name) => (name === 'audit-logger' ? away('away') : delivery),
    { clock: fakeClock('2026-01-01T00:00:00Z') },
  )
  await service.deliver('task-events', [Buffer.from('not json')])
  const { body } = await (await operator()).get('/api/v1/admin/outbox')
  assert.deepEqual([body.measured_at, body.unreachable], ['2026-01-01T00:00:00Z', ['audit-logger']])
  assert.deepEqual(body.services['reminder-service'], delivery)
  assert.equal(body.services['chat-api'].inbox.parked, 1)
})

test('lag is unknown without brokers, and the response says so', async (t) => {
  const { operator } = await startWithServices(t, () => self())
  const { status, body } = await (await operator()).get('/api/v1/admin/lag')
  assert.equal(status, 503)
  assert.match(body.detail, /KAFKA_BROKERS/)
})
