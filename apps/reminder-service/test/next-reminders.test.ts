import assert from 'node:assert/strict'
import { test } from 'node:test'
import { taskCompleted, taskCreated } from '@taskflow/event-contracts'
import { anEvent, aReminder, aTask, fakeClock } from '@taskflow/test-kit'
import { startReminderService } from '../testing/start-reminder-service.ts'

test('lists the next reminders, soonest first, without any task text, when invoked through the mesh', async (t) => {
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const service = await startReminderService(t, { clock })
  const remindedAt = (at: string) => aTask({ title: 'Secret', reminders: [aReminder({ at })] })
  const [late, early, over] = ['12:00', '09:00', '10:00'].map((time) => remindedAt(`2026-03-01T${time}:00Z`))
  await service.deliver('task-events', [
    ...[late, early, over].map((task) => anEvent(taskCreated, { task: task! })),
    anEvent(taskCompleted, { task: { ...over!, version: 2, is_completed: true }, changed: {} }),
  ])
  clock.set('2026-03-01T09:00:00Z')
  const ask = (limit: number, headers: Record<string, string> = { 'dapr-caller-app-id': 'chat-api' }) =>
    service.asSidecar(`/schedule/next?limit=${limit}`, { headers })
  const { data } = (await (await ask(50)).json()) as { data: object[] }
  assert.deepEqual(
    data,
    [early, late].map((task, index) => ({
      reminder_id: task!.reminders[0]!.id,
      task_id: task!.id,
      user_id: task!.user_id,
      type: '1_hour_before',
      at: task!.reminders[0]!.at,
      state: ['due', 'waiting'][index],
    })),
  )
  assert.equal(((await (await ask(1)).json()) as { data: object[] }).data.length, 1)
  await service.deps.dueReminders.processDue()
  assert.equal(((await (await ask(50)).json()) as { data: object[] }).data.length, 1, 'fired reminders are not listed')
  assert.equal((await ask(50, {})).status, 403)
})
