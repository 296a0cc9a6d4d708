import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog, createTracing } from '@taskflow/service-kit'
import { fakeClock, startCollector } from '@taskflow/test-kit'
import {
  aPerson,
  aReminderDue,
  startMailServer,
  startNotificationService,
} from '../testing/start-notification-service.ts'

const log = createLog({ service: 'notification-service', level: 'error' })

test('each attempt at a mail is in the trace of its reminder; a digest links to the traces of all its reminders', async (t) => {
  const collector = await startCollector()
  t.after(collector.stop)
  const tracing = createTracing({ service: 'notification-service', otlpEndpoint: collector.url, traceRatio: 0 }, log)
  const server = await startMailServer(t)
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const service = await startNotificationService(t, { clock, tracing }, { smtpUrl: server.url })
  const traced = (user_id: string, trace: string) => ({
    ...aReminderDue(user_id),
    traceparent: `00-${trace.repeat(32)}-${trace.repeat(16)}-01`,
  })
  const ada = await aPerson(service.database, { email: 'canary@example.com' })
  server.behaviour.onRcptTo = (_address, _session, done) =>
    done(Object.assign(new Error('canary@example.com is busy'), { responseCode: 450 }))
  await service.remind(traced(ada, 'a'))
  delete server.behaviour.onRcptTo
  clock.advance({ minutes: 1 })
  await service.send()
  assert.equal(server.mails.length, 1)

  const eve = await aPerson(service.database, { preferences: { daily_digest: '09:00' } })
  await service.remind(traced(eve, 'b'), traced(eve, 'c'))
  clock.set('2026-03-01T09:00:00Z')
  await service.send()
  assert.equal(server.mails.length, 2)
  await tracing.stop()

  const [failed, sent, digest] = collector.spans.filter(({ name }) => name === 'send email')
  const processed = (trace: string) => collector.spans.find((span) => span.parent === trace.repeat(16))?.id
  for (const span of [failed, sent]) assert.deepEqual([span?.trace, span?.parent], ['a'.repeat(32), processed('a')])
  assert.deepEqual([failed?.isError, failed?.attributes['error.type']], [true, 'later'])
  assert.deepEqual([sent?.isError, sent?.attributes['taskflow.attempt']], [false, '2'])
  assert.deepEqual([digest?.parent, digest?.links], ['', [processed('b'), processed('c')]])
  const published = (await service.published()).map(({ traceparent }) => traceparent)
  assert.equal(published[0], `00-${'a'.repeat(32)}-${sent?.id}-01`)
  assert.ok(!JSON.stringify(collector.spans).includes('canary'))
})
