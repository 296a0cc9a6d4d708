import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { pruneLedger } from '../src/loops/prune-ledger.ts'
import {
  aPerson,
  aReminderDue,
  startMailServer,
  startNotificationService,
} from '../testing/start-notification-service.ts'

test('any number of rows settled 90 days ago is pruned; pending and newer rows stay', async (t) => {
  const server = await startMailServer(t)
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const service = await startNotificationService(t, { clock }, { smtpUrl: server.url })
  const user_id = await aPerson(service.database)
  const event = aReminderDue(user_id)
  await service.remind(event)
  const { pool } = service.database
  const copy = (count: number, state: string, created_at: string) =>
    pool.query(
      `INSERT INTO notifications.ledger
       SELECT (jsonb_populate_record(ledger, jsonb_build_object('reminder_id', gen_random_uuid(), 'state', $2::text, 'created_at', $3::text))).*
       FROM notifications.ledger, generate_series(1, $1) WHERE user_id = $4 AND state = 'sent' AND created_at = $5`,
      [count, state, created_at, user_id, '2026-03-01T08:00:00Z'],
    )
  await copy(5_001, 'suppressed', '2025-12-01T07:59:59Z')
  for (const state of ['sent', 'failed', 'pending']) await copy(1, state, '2025-12-01T07:59:59Z')
  for (const state of ['sent', 'failed', 'suppressed', 'pending']) await copy(1, state, '2025-12-01T08:00:00Z')
  const left = async () =>
    (await service.ledger()).map(({ state, created_at }) => `${state} ${created_at.toISOString().slice(0, 19)}`)

  const pruning = service.app.loops.find(({ name }) => name === 'pruning of the ledger')
  assert.ok(pruning, 'the loop runs with the service')
  await pruning.processDue()
  assert.equal((await left()).length, 9, 'one batch per statement')
  await pruning.processDue()
  assert.deepEqual((await left()).toSorted(), [
    'failed 2025-12-01T08:00:00',
    'pending 2025-12-01T07:59:59',
    'pending 2025-12-01T08:00:00',
    'sent 2025-12-01T08:00:00',
    'sent 2026-03-01T08:00:00',
    'suppressed 2025-12-01T08:00:00',
  ])
})

test('an event redelivered after its row was pruned sends nothing: the inbox knows it', async (t) => {
  const server = await startMailServer(t)
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const service = await startNotificationService(t, { clock }, { smtpUrl: server.url })
  const event = aReminderDue(await aPerson(service.database))
  await service.remind(event)
  clock.advance({ hours: 91 * 24 })
  await pruneLedger(service.deps).processDue()
  assert.deepEqual(await service.ledger(), [])
  await service.remind(event)
  assert.deepEqual([server.mails.length, await service.ledger()], [1, []])
})
