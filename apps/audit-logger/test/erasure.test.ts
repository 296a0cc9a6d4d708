import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { accountActed, taskCreated, taskUpdated, userDeleted } from '@taskflow/event-contracts'
import { anEvent, aTask } from '@taskflow/test-kit'
import { readDatabase } from '../src/domain/read-export.ts'
import { createUserKeys, noUser } from '../src/domain/user-keys.ts'
import { verifyChain } from '../src/domain/verify-chain.ts'
import { startAuditLogger } from '../testing/start-audit-logger.ts'

type Service = Awaited<ReturnType<typeof startAuditLogger>>

const deletionOf = (user_id: string) => anEvent(userDeleted, {}, { user_id, key: user_id })

const verdictOf = async ({ database }: Service) => {
  const client = await database.pool.connect()
  try {
    await client.query('BEGIN')
    return await verifyChain(readDatabase(client as never))
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

const keysOf = async ({ database }: Service) =>
  (await database.pool.query('SELECT user_id, wrapped_key IS NULL AS destroyed FROM audit.keys ORDER BY user_id')).rows

test('deleting an account destroys its key: its records become unreadable and the chain still verifies', async (t) => {
  const service = await startAuditLogger(t)
  const [ada, bob] = [aTask({ title: 'of Ada' }), aTask({ title: 'of Bob' })]
  const from = { clientaddress: '203.0.113.7' }
  await service.deliver('task-events', [
    { ...anEvent(taskCreated, { task: ada }), ...from },
    { ...anEvent(taskCreated, { task: bob }), ...from },
  ])
  await service.deliver('user-events', [deletionOf(ada.user_id)])
  const { data } = (await service.ask('/audit/events?limit=9&order=oldest')).body
  assert.deepEqual(
    data.map(({ type, erased }: { type: string; erased: boolean }) => [type, erased]),
    [
      ['task.created', true],
      ['task.created', false],
      ['user.deleted', false],
    ],
  )
  assert.equal(data[0].data.task.title, undefined)
  assert.equal(data[0].data.task.id, ada.id)
  assert.equal(data[1].data.task.title, 'of Bob')
  assert.deepEqual([data[0].client_address, data[1].client_address], [null, '203.0.113.7'])
  assert.deepEqual(
    (await keysOf(service)).filter((each) => each.destroyed),
    [{ user_id: ada.user_id, destroyed: true }],
  )
  const { records, finding } = await verdictOf(service)
  assert.deepEqual([records, finding], [3, undefined])
})

test('a destroyed key is never recreated, even for records another replica still holds', async (t) => {
  const service = await startAuditLogger(t)
  const task = aTask()
  await service.deliver('user-events', [deletionOf(task.user_id)])
  // Another replica read the list of erased users before the deletion committed and records only now.
  await service.database.pool.query('DELETE FROM audit.forgotten_users')
  await service.deliver('task-events', [anEvent(taskUpdated, { task, changed: {} })])
  const { data } = (await service.ask(`/audit/events?limit=9&user_id=${task.user_id}`)).body
  assert.deepEqual(
    data.map((record: { erased: boolean }) => record.erased),
    [true, false],
  )
  assert.deepEqual(await keysOf(service), [{ user_id: task.user_id, destroyed: true }])
})

test('a deletion without a user destroys no key', async (t) => {
  const service = await startAuditLogger(t)
  await service.deliver('user-events', [anEvent(userDeleted, {}, { user_id: null })])
  assert.deepEqual(await keysOf(service), [{ user_id: noUser, destroyed: false }])
})

test('with a different AUDIT_KEY nothing can be read or recorded, and the error says so', async (t) => {
  const service = await startAuditLogger(t)
  const user_id = randomUUID()
  const keys = createUserKeys({ secret: service.env.AUDIT_KEY })
  const others = createUserKeys({ secret: 'another secret of more than 32 characters' })
  await service.deps.transaction(async ({ $client }) => {
    const [key] = (await keys.take($client, [user_id])).values()
    assert.deepEqual([...(await keys.take($client, [user_id])).values()], [key])
    await assert.rejects(others.take($client, [user_id]), /AUDIT_KEY is not the one/)
    // Nor for a new user: that key could not be opened once the former AUDIT_KEY is restored.
    await assert.rejects(others.take($client, [randomUUID()]), /AUDIT_KEY is not the one/)
  })
})

test('a correlation id that a client chose is found until the account is deleted, and never after', async (t) => {
  const service = await startAuditLogger(t)
  const [ada, bob] = [aTask(), aTask()]
  const given = 'ada.lovelace@example.com'
  await service.deliver('task-events', [
    { ...anEvent(taskCreated, { task: ada }), correlationid: given },
    { ...anEvent(taskCreated, { task: bob }), correlationid: given },
  ])
  // Nobody's: no deletion would erase it.
  await service.deliver('user-events', [{ ...anEvent(userDeleted, {}, { user_id: null }), correlationid: given }])
  const find = async (user_id: string) =>
    (await service.ask(`/audit/events?limit=9&user_id=${user_id}&correlation_id=${given}`)).body.data.map(
      (record: { correlation_id: string }) => record.correlation_id,
    )
  assert.deepEqual([await find(ada.user_id), await find(bob.user_id)], [[given], [given]])
  await service.deliver('user-events', [deletionOf(ada.user_id)])
  assert.deepEqual([await find(ada.user_id), await find(bob.user_id)], [[], [given]])
  const [record] = (await service.ask(`/audit/events?limit=9&order=oldest&user_id=${ada.user_id}`)).body.data
  assert.deepEqual([record.correlation_id, record.erased], [null, true])
  assert.doesNotMatch(JSON.stringify(await service.rows()), /lovelace/)
  const [first, second] = await service.rows()
  assert.notEqual(first.correlation_id, second.correlation_id, 'the same id looks different for each user')
  assert.equal((await verdictOf(service)).finding, undefined)
})

test('from where and with which client somebody acted is erased with the account; what was done stays', async (t) => {
  const service = await startAuditLogger(t)
  const user_id = randomUUID()
  const payload = {
    action: 'signed_in',
    actor: 'person',
    user_agent: 'Firefox of Ada',
    details: { method: 'password' },
  } as const
  const act = anEvent(accountActed, payload, { user_id, key: user_id })
  await service.deliver('user-events', [{ ...act, clientaddress: '203.0.113.7' }])
  const show = async () =>
    (await service.ask(`/audit/events?limit=9&type=account.acted&user_id=${user_id}`)).body.data[0]
  const before = await show()
  assert.deepEqual([before.client_address, before.data], ['203.0.113.7', act.data])
  assert.doesNotMatch(JSON.stringify(await service.rows()), /Firefox|203\.0\.113|password/)
  await service.deliver('user-events', [deletionOf(user_id)])
  const { data, client_address } = await show()
  assert.deepEqual(
    [data.action, data.actor, data.user_agent, data.details, client_address],
    ['signed_in', 'person', undefined, undefined, null],
  )
})
