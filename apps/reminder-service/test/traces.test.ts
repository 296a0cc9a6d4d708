import assert from 'node:assert/strict'
import { test } from 'node:test'
import { taskCreated, taskUpdated } from '@taskflow/event-contracts'
import { createLog, createTracing } from '@taskflow/service-kit'
import { anEvent, aReminder, aTask, fakeClock, startCollector } from '@taskflow/test-kit'
import { startReminderService } from '../testing/start-reminder-service.ts'

const log = createLog({ service: 'reminder-service', level: 'error' })

test('a reminder fires in the trace in which its time was set', async (t) => {
  const collector = await startCollector()
  t.after(collector.stop)
  const tracing = createTracing({ service: 'reminder-service', otlpEndpoint: collector.url, traceRatio: 0 }, log)
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const service = await startReminderService(t, { clock, tracing })
  const deliver = (event: ReturnType<typeof anEvent>, trace: string) =>
    service.deliver('task-events', [{ ...event, traceparent: `00-${trace.repeat(32)}-${trace.repeat(16)}-01` }])

  const [stays, moves] = [aReminder({ at: '2026-03-01T09:00:00Z' }), aReminder({ at: '2026-03-01T09:00:00Z' })]
  const task = aTask({ due_date: '2026-03-01T10:00:00Z', reminders: [stays, moves] })
  await deliver(anEvent(taskCreated, { task }), 'a')
  const moved = { ...task, version: 2, title: 'x', reminders: [stays, { ...moves, at: '2026-03-01T09:30:00Z' }] }
  await deliver(anEvent(taskUpdated, { task: moved, changed: {} }), 'b')
  clock.set('2026-03-01T09:30:00Z')
  await service.deps.dueReminders.processDue()
  await tracing.stop()

  const fired = (await service.outbox('reminders')).map(({ event }) => event)
  const traceOf = ({ id }: { id: string }) =>
    fired.find(({ data }) => (data.reminder as { id: string }).id === id)?.traceparent.split('-')
  const spans = new Map(collector.spans.map((span) => [span.id, span]))
  for (const [reminder, trace] of [
    [stays, 'a'],
    [moves, 'b'],
  ] as const) {
    const [, id, span] = traceOf(reminder)!
    assert.equal(id, trace.repeat(32))
    const firing = spans.get(span!)
    assert.equal(firing?.name, 'fire reminder')
    const consumed = spans.get(firing!.parent)
    assert.deepEqual([consumed?.name, consumed?.parent], ['process task-events', trace.repeat(16)])
  }
})
