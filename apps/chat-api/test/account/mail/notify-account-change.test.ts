import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { notifyAccountChange } from '../../../src/account/mail/notify-account-change.ts'
import { takeMails } from '../../../testing/account-mails.ts'
import { startChatApi } from '../../../testing/start-chat-api.ts'

const signIn = { device: 'Firefox on Linux', network: '203.0.113.9' }

test('the owner of a confirmed address is told, in the transaction of the change', async (t) => {
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const { service, signup } = await startChatApi(t, { clock })
  const { transaction } = service.deps
  const ada = await signup()
  await transaction((tx) => notifyAccountChange(tx, ada.id, 'new-sign-in', { ...signIn, device: 'x'.repeat(500) }))
  const [mail] = await takeMails(service.database)
  const content = { kind: 'new-sign-in', at: '2026-03-01T08:00:00Z', ...signIn, device: 'x'.repeat(200) }
  assert.deepEqual([mail?.to, mail?.content], [ada.email, content])
  const undone = transaction(async (tx) => {
    await notifyAccountChange(tx, ada.id, 'password-changed', {})
    throw new Error('undone')
  })
  await assert.rejects(undone, /undone/)
  assert.deepEqual(await takeMails(service.database), [])
})

test('an unconfirmed address gets no notice, and nobody more than 20 of a kind in a day', async (t) => {
  const { service, signup } = await startChatApi(t)
  const { transaction } = service.deps
  const [ada, eve] = [await signup(), await signup()]
  await service.database.pool.query('UPDATE identity.users SET email_confirmed_at = NULL WHERE id = $1', [eve.id])
  await transaction((tx) => notifyAccountChange(tx, eve.id, 'new-sign-in', signIn))
  assert.deepEqual(await takeMails(service.database), [])
  for (let count = 0; count < 22; count++) {
    await transaction((tx) => notifyAccountChange(tx, ada.id, 'new-sign-in', signIn))
  }
  await transaction((tx) => notifyAccountChange(tx, ada.id, 'password-changed', {}))
  const kinds = (await takeMails(service.database)).map(({ kind }) => kind)
  assert.deepEqual([kinds.length, kinds.at(-1)], [21, 'password-changed'])
})
