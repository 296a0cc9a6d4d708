import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock, scrape } from '@taskflow/test-kit'
import {
  aPerson,
  aReminderDue,
  smtpError,
  startMailServer,
  startNotificationService,
} from '../testing/start-notification-service.ts'

test('metrics count mails by outcome, pending mails and the remaining quota', async (t) => {
  const server = await startMailServer(t)
  const clock = fakeClock('2026-03-01T08:10:00Z')
  const service = await startNotificationService(t, { clock }, { smtpUrl: server.url, env: { MAIL_PER_DAY: '10' } })
  const remind = async () => service.remind(aReminderDue(await aPerson(service.database)))
  await remind()
  server.behaviour.onRcptTo = (_address, _session, done) => done(smtpError(550))
  await remind()
  server.behaviour.onRcptTo = (_address, _session, done) => done(smtpError(451))
  await remind()
  clock.advance({ seconds: 30 })

  const metric = await scrape(service.url)
  const channel = 'email'
  assert.deepEqual(
    ['sent', 'refused', 'later'].map((outcome) => metric('taskflow_notifications_total', { channel, outcome })),
    [1, 1, 1],
  )
  assert.equal(metric('taskflow_notification_duration_seconds_count', { channel }), 3)
  assert.equal(metric('taskflow_notifications_waiting', { channel }), 1)
  assert.equal(metric('taskflow_notifications_oldest_due_age_seconds'), 25, 'its retry was due after 5 s')
  assert.equal(metric('taskflow_mail_quota_remaining'), 9)
})

test('without a quota there is no quota metric', async (t) => {
  const service = await startNotificationService(t)
  const metric = await scrape(service.url)
  assert.equal(metric('taskflow_mail_quota_remaining'), undefined)
  assert.equal(metric('taskflow_notifications_oldest_due_age_seconds'), 0)
})
