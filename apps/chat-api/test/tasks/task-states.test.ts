import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { startChatApi } from '../../testing/start-chat-api.ts'

const asReminderService = { headers: { 'dapr-caller-app-id': 'reminder-service' } }

test('reminder-service pages through the versions of settled tasks, and reads their states', async (t) => {
  const clock = fakeClock('2026-01-01T08:00:00Z')
  const { service, signup } = await startChatApi(t, { clock })
  const [ada, eve] = [await signup(), await signup()]
  const ids: string[] = []
  for (const user of [ada, eve, ada]) ids.push((await user.post('/api/v1/tasks', { title: 'Rent' })).body.id)
  await ada.patch(`/api/v1/tasks/${ids[0]}`, {
    title: 'Rent, now',
    reminders: [{ type: 'at', at: '2031-01-01T08:00:00Z' }],
  })
  await eve.delete(`/api/v1/tasks/${ids[1]}`)
  const ask = async (path: string) => (await (await service.asSidecar(path, asReminderService)).json()) as never
  assert.deepEqual(await ask('/operator/task-versions?limit=500'), { data: [], last: null }, 'events are on their way')
  clock.advance({ minutes: 11 })
  const sorted = ids.toSorted()
  const versions = { [ids[0]!]: [2, false], [ids[1]!]: [2, true], [ids[2]!]: [1, false] }
  const row = (id: string) => ({ id, version: versions[id]![0], is_over: versions[id]![1] })
  assert.deepEqual(await ask('/operator/task-versions?limit=2'), { data: sorted.slice(0, 2).map(row), last: sorted[1] })
  assert.deepEqual(await ask(`/operator/task-versions?limit=2&after=${sorted[1]}`), {
    data: sorted.slice(2).map(row),
    last: null,
  })
  const { data } = (await ask(`/operator/tasks?ids=${ids[0]},${ids[1]},${randomUUID()}`)) as {
    data: { task: { id: string; title: string; reminders: object[] }; is_deleted: boolean }[]
  }
  const shown = data.map(({ task, is_deleted }) => [task.id, task.title, task.reminders.length, is_deleted])
  assert.deepEqual(
    new Set(shown),
    new Set([
      [ids[0], 'Rent, now', 1, false],
      [ids[1], 'Rent', 0, true],
    ]),
  )
})

test('nobody else can ask for them, and not for more than fits', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  const statusOf = async (path: string, headers: Record<string, string> = {}) =>
    (await service.asSidecar(path, { headers })).status
  for (const path of ['/operator/task-versions?limit=1', `/operator/tasks?ids=${randomUUID()}`]) {
    assert.equal((await ada.get(path)).status, 401)
    for (const caller of ['chat-api', 'audit-logger', ''])
      assert.equal(await statusOf(path, { 'dapr-caller-app-id': caller }), 403, caller)
    assert.equal(await statusOf(path), 403, 'chat-api through its own sidecar')
    assert.equal(await statusOf(path, asReminderService.headers), 200)
  }
  const many = Array.from({ length: 21 }, randomUUID).join(',')
  for (const path of ['/operator/task-versions?limit=501', `/operator/tasks?ids=${many}`, '/operator/tasks?ids='])
    assert.equal(await statusOf(path, asReminderService.headers), 422)
})
