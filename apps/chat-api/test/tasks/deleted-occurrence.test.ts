import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOccurrence, lockSeries, occurrenceAfter } from '@taskflow/tasks'
import { fakeClock } from '@taskflow/test-kit'
import { startChatApi } from '../../testing/start-chat-api.ts'

const start = async (t: Parameters<typeof startChatApi>[0]) => {
  const clock = fakeClock('2031-02-01T12:00:00Z')
  const { signup, service } = await startChatApi(t, { clock })
  const ada = await signup()
  const { body: task } = await ada.post('/api/v1/tasks', {
    title: 'Water',
    due_date: '2031-02-01T09:00:00Z',
    recurrence_rule: 'daily',
  })
  const open = async () => (await ada.get(`/api/v1/tasks?series_id=${task.series_id}&state=open`)).body.data
  const isActive = async () => (await ada.get(`/api/v1/recurring-tasks/${task.series_id}`)).body.is_active
  const remove = (query = '') => ada.delete(`/api/v1/tasks/${task.id}${query}`)
  const restore = () => ada.post(`/api/v1/tasks/${task.id}/restore`)
  /** What recurring-processor does with task.completed. */
  const follow = async () => {
    const { body: completed } = await ada.get(`/api/v1/tasks/${task.id}`)
    await service.deps.transaction(async (tx) => {
      const series = (await lockSeries(tx, task.series_id))!
      await createOccurrence(tx, series, occurrenceAfter(series, completed, tx.clock.now().toString())!)
    })
  }
  return { ada, task, open, isActive, remove, restore, follow }
}

test('skip: the next occurrence follows, and goes again when the task is restored', async (t) => {
  const { task, open, isActive, remove, restore } = await start(t)
  assert.equal((await remove('?series=skip')).status, 204)
  assert.deepEqual(
    (await open()).map(({ due_date, occurrence }: Record<string, unknown>) => [due_date, occurrence]),
    [['2031-02-02T09:00:00Z', 2]],
  )
  await restore()
  assert.deepEqual([(await open()).map(({ id }: { id: string }) => id), await isActive()], [[task.id], true])
})

for (const query of ['', '?series=end', '?series=keep'])
  test(`no series stays active with nothing to come: DELETE ${query}`, async (t) => {
    const { task, open, isActive, remove, restore } = await start(t)
    await remove(query)
    assert.deepEqual([await open(), await isActive()], [[], false])
    await restore()
    assert.deepEqual([(await open()).map(({ id }: { id: string }) => id), await isActive()], [[task.id], true])
  })

test('on schedule, deleting one task leaves the series as it is; end ends it', async (t) => {
  const { ada } = await start(t)
  const series = { recurrence_rule: 'daily', recurrence_mode: 'on_schedule', due_date: '2031-02-01T09:00:00Z' }
  for (const [query, isActive] of [
    ['', true],
    ['?series=skip', true],
    ['?series=end', false],
  ] as const) {
    const { body: task } = await ada.post('/api/v1/tasks', { title: 'x', ...series })
    await ada.delete(`/api/v1/tasks/${task.id}${query}`)
    assert.equal((await ada.get(`/api/v1/recurring-tasks/${task.series_id}`)).body.is_active, isActive, query)
  }
})

test('reopening takes the untouched next occurrence back; completing again makes it again', async (t) => {
  const { ada, task, open, follow } = await start(t)
  for (const _ of [1, 2]) {
    await ada.post(`/api/v1/tasks/${task.id}/complete`)
    await follow()
    assert.deepEqual(
      (await open()).map(({ occurrence }: Record<string, unknown>) => occurrence),
      [2],
    )
    await ada.post(`/api/v1/tasks/${task.id}/reopen`)
    assert.deepEqual(
      (await open()).map(({ id }: { id: string }) => id),
      [task.id],
    )
  }
})

test('reopening leaves a next occurrence that somebody has changed', async (t) => {
  const { ada, task, open, follow } = await start(t)
  await ada.post(`/api/v1/tasks/${task.id}/complete`)
  await follow()
  await ada.patch(`/api/v1/tasks/${(await open())[0].id}`, { title: 'Mine' })
  await ada.post(`/api/v1/tasks/${task.id}/reopen`)
  assert.equal((await open()).length, 2)
})
