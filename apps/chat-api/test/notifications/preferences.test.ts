import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { startChatApi } from '../../testing/start-chat-api.ts'

const path = '/api/v1/notifications/preferences'
const defaults = {
  channels: { email: true, webhook: true },
  quiet_hours: null,
  daily_digest: null,
  default_lead_time: null,
  reminder_time: '09:00',
}

test('preferences have defaults; a change sets only the fields it names and publishes one event', async (t) => {
  const { service, signup } = await startChatApi(t)
  const [ada, eve] = [await signup(), await signup()]
  assert.deepEqual((await ada.get(path)).body, defaults)
  const quiet_hours = { start: '22:00', end: '07:00' }
  await ada.patch(path, { quiet_hours, channels: { webhook: false } })
  const { status, body } = await ada.patch(path, { daily_digest: '08:00' })
  const after = { ...defaults, channels: { email: true, webhook: false }, quiet_hours, daily_digest: '08:00' }
  assert.deepEqual([status, body], [200, after])
  assert.deepEqual((await ada.get(path)).body, after)
  assert.deepEqual((await eve.get(path)).body, defaults, 'other users keep theirs')
  assert.deepEqual((await ada.patch(path, { daily_digest: '08:00' })).body, after)
  assert.equal((await ada.patch(path, { quiet_hours: null })).body.quiet_hours, null)
  const published = (await service.outbox('tasks')).filter(({ event }) => event.type === 'user.updated')
  assert.deepEqual(
    published.map(({ topic, key }) => [topic, key]),
    Array(3).fill(['user-events', ada.id]),
  )
  const { rows } = await service.database.pool.query('SELECT preferences FROM identity.recipients WHERE user_id = $1', [
    ada.id,
  ])
  assert.deepEqual(rows[0].preferences, { channels: { webhook: false }, daily_digest: '08:00', quiet_hours: null })
})

test('invalid preferences are rejected by field; reading them requires a token', async (t) => {
  const { anonymous, signup } = await startChatApi(t)
  const ada = await signup()
  const refused: [object, string][] = [
    [{ quiet_hours: { start: '24:00', end: '07:00' } }, 'quiet_hours.start'],
    [{ quiet_hours: { start: '07:00', end: '07:00' } }, 'quiet_hours.end'],
    [{ daily_digest: '8:00' }, 'daily_digest'],
    [{ default_lead_time: '1 hour' }, 'default_lead_time'],
    [{ default_lead_time: '-PT1H' }, 'default_lead_time'],
    [{ channels: { sms: true } }, 'channels.sms'],
    [{ user_id: ada.id }, 'user_id'],
  ]
  for (const [body, field] of refused) {
    const answer = await ada.patch(path, body)
    assert.deepEqual([answer.status, answer.body.errors.map((each: { path: string }) => each.path)], [422, [field]])
  }
  assert.equal((await anonymous.get(path)).status, 401)
  assert.equal((await anonymous.patch(path, {})).status, 401)
})

test('the default lead time applies to tasks with a due date and no reminders given', async (t) => {
  const clock = fakeClock('2026-03-28T12:00:00Z')
  const { signup } = await startChatApi(t, { clock })
  const ada = await signup({ time_zone: 'Europe/Berlin' })
  const reminders = async (fields: object) => {
    const { status, body } = await ada.post('/api/v1/tasks', { title: 'x', ...fields })
    assert.equal(status, 201)
    return body.reminders.map(({ type, offset, at }: Record<string, string>) => [type, offset, at])
  }
  const due_date = '2026-03-29T08:00:00Z'
  assert.deepEqual(await reminders({ due_date }), [])
  await ada.patch(path, { default_lead_time: 'P1D' })
  // One calendar day, across the change to summer time.
  const later = '2026-03-29T18:00:00Z'
  assert.deepEqual(await reminders({ due_date: later }), [['before', 'P1D', '2026-03-28T19:00:00Z']])
  assert.deepEqual(await reminders({ due_date }), [], 'the reminder time has passed')
  assert.deepEqual(await reminders({ due_date: later, reminders: [] }), [])
  assert.deepEqual(await reminders({ due_date: later, reminders: [{ type: '1_hour_before' }] }), [
    ['1_hour_before', 'PT1H', '2026-03-29T17:00:00Z'],
  ])
  assert.deepEqual(await reminders({}), [])
})

test('an unsound rule is rejected all the same', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  const { status, body } = await ada.post('/api/v1/tasks', { title: 'x', recurrence_rule: 'FREQ=SOMETIMES' })
  assert.deepEqual([status, body.errors[0].path], [422, 'recurrence_rule'])
})
