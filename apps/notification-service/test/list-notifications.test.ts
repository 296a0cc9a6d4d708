import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import {
  aPerson,
  aReminderDue,
  reminderOf,
  startMailServer,
  startNotificationService,
} from '../testing/start-notification-service.ts'

test('lists the notifications of one user only, newest first, in pages, when invoked through the mesh', async (t) => {
  const server = await startMailServer(t)
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const service = await startNotificationService(t, { clock }, { smtpUrl: server.url })
  const [ada, eve] = [await aPerson(service.database), await aPerson(service.database)]
  const events = ['a', 'b', 'c'].map((title) => aReminderDue(ada, { title }))
  // Two at the same time, the third later.
  await service.remind(events[0]!, events[1]!, aReminderDue(eve))
  clock.advance({ minutes: 1 })
  await service.remind(events[2]!)

  interface Page {
    data: Record<string, unknown>[]
    next_cursor: string | null
  }
  const ask = async (search: string) => {
    const headers = { 'dapr-caller-app-id': 'chat-api' }
    return service.asSidecar(`/notifications?user_id=${ada}&${search}`, { headers })
  }
  const page = async (search: string) => (await (await ask(search)).json()) as Page
  const first = await page('limit=2')
  const second = await page(`limit=2&cursor=${first.next_cursor}`)
  assert.equal(second.next_cursor, null)
  const all = [...first.data, ...second.data]
  assert.deepEqual(all.map(({ title }) => title).toSorted(), ['a', 'b', 'c'])
  assert.deepEqual(all[0], {
    reminder_id: reminderOf(events[2]!).id,
    task_id: (events[2]!.data as unknown as { task: { id: string } }).task.id,
    title: 'c',
    channel: 'email',
    state: 'sent',
    fired_for: '2026-03-01T08:00:00Z',
    attempts: 1,
    next_attempt_at: null,
    reason: null,
    message_id: `<${reminderOf(events[2]!).id}.${Date.parse('2026-03-01T08:00:00Z')}@taskflow.example>`,
    created_at: '2026-03-01T08:01:00Z',
    sent_at: '2026-03-01T08:01:00Z',
  })
  assert.equal((await page('limit=9&state=failed')).data.length, 0)
  assert.equal((await page(`limit=9&task_id=${all[1]!.task_id}&channel=email`)).data.length, 1)
  assert.equal((await ask('limit=2&cursor=nonsense')).status, 422)
  assert.equal((await fetch(`${service.url}/notifications?user_id=${ada}&limit=2`)).status, 401)
})
