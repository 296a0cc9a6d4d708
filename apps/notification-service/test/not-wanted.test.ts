import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reminderDue } from '@taskflow/event-contracts'
import { anEvent, fakeClock } from '@taskflow/test-kit'
import {
  aPerson,
  aReminderDue,
  dataOf,
  knowTasks,
  type ReminderDue,
  reminderOf,
  smtpError,
  startMailServer,
  startNotificationService,
} from '../testing/start-notification-service.ts'

const start = async (t: Parameters<typeof startMailServer>[0]) => {
  const server = await startMailServer(t)
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const service = await startNotificationService(t, { clock }, { smtpUrl: server.url })
  /** Changes tasks and reminders as chat-api would. */
  const change = (sql: string, event: ReminderDue) => {
    const { task, reminder } = dataOf(event)
    return service.database.pool.query(
      `WITH it AS (SELECT '${task.id}'::uuid AS task, '${reminder.id}'::uuid AS reminder) ${sql}`,
    )
  }
  const outcomes = async () => (await service.ledger()).map(({ state, reason }) => `${state}: ${reason}`).toSorted()
  return { server, clock, service, change, outcomes, subjects: () => server.mails.map((mail) => mail.subject) }
}

const taskIsIt = 'FROM it WHERE tasks.id = it.task'
const reminderIsIt = 'FROM it WHERE reminders.id = it.reminder'
const changes: [reason: string, sql: string][] = [
  ['the reminder was dismissed', `UPDATE tasks.reminders SET state = 'dismissed' ${reminderIsIt}`],
  [
    'the reminder was moved to another time',
    `UPDATE tasks.reminders SET at = '2026-03-02T08:00:00Z', state = 'pending' ${reminderIsIt}`,
  ],
  [
    'the reminder was moved to another time',
    `UPDATE tasks.reminders SET at = '2026-03-01T07:00:00Z', state = 'pending' ${reminderIsIt}`,
  ],
  ['the reminder was moved to another time', `UPDATE tasks.reminders SET at = NULL, state = 'pending' ${reminderIsIt}`],
  ['the reminder was removed', 'DELETE FROM tasks.reminders USING it WHERE reminders.id = it.reminder'],
  ['the reminder was removed', 'DELETE FROM tasks.tasks USING it WHERE tasks.id = it.task'],
  ['the task was completed', `UPDATE tasks.tasks SET is_completed = true, completed_at = now() ${taskIsIt}`],
  ['the task was deleted', `UPDATE tasks.tasks SET deleted_at = now() ${taskIsIt}`],
]

test('before a deferred mail is retried, the current state of its reminder is checked', async (t) => {
  const { server, clock, service, change, outcomes, subjects } = await start(t)
  const user_id = await aPerson(service.database)
  server.behaviour.onRcptTo = (_address, _session, done) => done(smtpError(451, 'greylisted'))
  const events = changes.map(() => aReminderDue(user_id))
  await service.remind(aReminderDue(user_id, { title: 'still wanted' }), ...events)
  for (const [index, [, sql]] of changes.entries()) await change(sql, events[index]!)
  delete server.behaviour.onRcptTo
  clock.advance({ seconds: 5 })
  await service.send()
  assert.deepEqual(subjects(), ['Reminder: still wanted'])
  assert.deepEqual(await outcomes(), ['sent: null', ...changes.map(([reason]) => `suppressed: ${reason}`)])
  assert.equal((await service.published()).length, 1, 'suppressed notifications publish nothing')
})

test('the same holds for mails that wait for quiet hours or a digest', async (t) => {
  const { clock, service, change, subjects } = await start(t)
  const quiet = await aPerson(service.database, { preferences: { quiet_hours: { start: '07:00', end: '09:00' } } })
  const digest = await aPerson(service.database, { preferences: { daily_digest: '09:00' } })
  const events = [quiet, digest].flatMap((user_id) => changes.map(() => aReminderDue(user_id)))
  await service.remind(aReminderDue(digest, { title: 'wanted' }), aReminderDue(quiet, { title: 'wanted' }), ...events)
  for (const [index, event] of events.entries()) await change(changes[index % changes.length]![1], event)
  clock.set('2026-03-01T09:00:00Z')
  await service.send()
  assert.deepEqual(subjects().toSorted(), ['Reminder: wanted', 'Your reminders of Sunday, March 1, 2026: 1'])
})

test('a failing webhook is not retried for a reminder that is no longer wanted', async (t) => {
  const { clock, service, change } = await start(t)
  let attempts = 0
  const send = async () => {
    attempts++
    return { result: 'later' as const, reason: 'answered 503' }
  }
  const challenge = async () => ({ passed: true as const })
  const webhooks = { send, challenge, close: async () => {} }
  const posting = await startNotificationService(t, { clock, webhooks }, { database: service.database })
  const webhook = { url: 'https://example.com', secret: 'whsec_AAAA' }
  const event = aReminderDue(await aPerson(service.database, { webhook, preferences: { channels: { email: false } } }))
  await posting.remind(event)
  await change(changes[0]![1], event)
  clock.advance({ hours: 1 })
  await posting.send()
  assert.equal(attempts, 1)
})

test('a reminder not yet seen by chat-api, or already handled by another channel, is still sent', async (t) => {
  const { service, change, subjects } = await start(t)
  const user_id = await aPerson(service.database)
  const states = ['pending', 'due', 'sent', 'failed', 'cancelled']
  const events = states.map((title) => aReminderDue(user_id, { title }))
  await service.fire(...events)
  for (const [index, event] of events.entries())
    await change(`UPDATE tasks.reminders SET state = '${states[index]}' ${reminderIsIt}`, event)
  await service.send()
  assert.deepEqual(subjects().toSorted(), states.map((state) => `Reminder: ${state}`).toSorted())
})

test('a reminder moved away and back is sent once', async (t) => {
  const { clock, service, change, subjects } = await start(t)
  const user_id = await aPerson(service.database, { preferences: { quiet_hours: { start: '07:00', end: '09:00' } } })
  const event = aReminderDue(user_id, { title: 'moved' })
  await service.remind(event)
  await change(changes[1]![1], event)
  clock.set('2026-03-01T09:00:00Z')
  await service.send()
  assert.deepEqual(subjects(), [])
  await change(`UPDATE tasks.reminders SET at = '${reminderOf(event).at}' ${reminderIsIt}`, event)
  const { schema_version: _, user_id: __, ...payload } = dataOf(event)
  const again = () => anEvent(reminderDue, payload, { user_id, key: payload.task.id })
  for (const _ of [1, 2]) await service.remind(again())
  assert.deepEqual(subjects(), ['Reminder: moved'])
})

test('a reminder without a user, as an earlier system may send it, is consumed without notifying anyone', async (t) => {
  const { service } = await start(t)
  const { user_id: _, schema_version: __, ...payload } = dataOf(aReminderDue(await aPerson(service.database)))
  const event = anEvent(reminderDue, payload, { user_id: null, key: payload.task.id })
  await knowTasks(service.database, [event])
  assert.deepEqual(await service.deliver('task-reminders', [event]), ['SUCCESS'])
  assert.deepEqual(await service.ledger(), [])
  const { rows } = await service.database.pool.query('SELECT state FROM notifications.inbox')
  assert.deepEqual(rows, [{ state: 'done' }])
})
