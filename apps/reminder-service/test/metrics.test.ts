import assert from 'node:assert/strict'
import { test } from 'node:test'
import { taskCreated } from '@taskflow/event-contracts'
import { anEvent, aReminder, aTask, fakeClock, scrape } from '@taskflow/test-kit'
import { startReminderService } from '../testing/start-reminder-service.ts'

test('metrics report overdue reminders and how late reminders fired', async (t) => {
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const service = await startReminderService(t, { clock })
  const reminders = [aReminder({ at: '2026-03-01T09:00:00Z' }), aReminder({ at: '2026-03-01T09:00:50Z' })]
  const task = aTask({ due_date: '2026-03-01T10:00:00Z', reminders })
  await service.deliver('task-events', [anEvent(taskCreated, { task })])
  assert.equal((await scrape(service.url))('taskflow_reminders_overdue'), 0)

  clock.advance({ hours: 1, minutes: 1 })
  assert.equal((await scrape(service.url))('taskflow_reminders_overdue'), 2)
  await service.deps.dueReminders.processDue()
  const fired = await scrape(service.url)
  assert.equal(fired('taskflow_reminders_overdue'), 0)
  assert.equal(fired('taskflow_reminder_lateness_seconds_count'), 2)
  assert.equal(fired('taskflow_reminder_lateness_seconds_sum'), 70)
})
