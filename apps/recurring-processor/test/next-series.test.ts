import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startWithUser, user_id } from '../testing/start-with-user.ts'

test('lists the series next due, soonest first, without any task text, when invoked through the mesh', async (t) => {
  const { clock, create, service } = await startWithUser(t, '2026-01-01T08:00:00Z')
  const on = (recurrence_rule: string, recurrence_mode = 'on_schedule') =>
    create({ title: 'Secret', due_date: '2026-01-01T09:00:00Z', recurrence_rule, recurrence_mode })
  const weekly = await on('weekly')
  const daily = await on('daily')
  await on('daily', 'on_completion')
  clock.set('2026-01-02T10:00:00Z')
  const answer = await service.asSidecar('/schedule/next?limit=50', { headers: { 'dapr-caller-app-id': 'chat-api' } })
  const { data } = (await answer.json()) as { data: { [name: string]: unknown }[] }
  assert.deepEqual(
    data.map(({ series_id, occurrence, due_date, at, state }) => [series_id, occurrence, due_date, at, state]),
    [
      [daily.series_id, 2, '2026-01-02T09:00:00Z', '2026-01-02T09:00:00Z', 'due'],
      [weekly.series_id, 2, '2026-01-08T09:00:00Z', '2026-01-08T09:00:00Z', 'waiting'],
    ],
  )
  assert.equal(data[0]?.user_id, user_id)
  assert.doesNotMatch(JSON.stringify(data), /Secret/)
  assert.equal((await service.asSidecar('/schedule/next?limit=50')).status, 403)
})
