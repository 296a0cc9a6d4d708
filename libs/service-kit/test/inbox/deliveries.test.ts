import assert from 'node:assert/strict'
import { test } from 'node:test'
import { taskCompleted } from '@taskflow/event-contracts'
import { ignore, subscribe } from '@taskflow/service-kit'
import { anEvent, aTask } from '@taskflow/test-kit'
import { startTestService } from '../test-service.ts'

const start = async (t: Parameters<typeof startTestService>[0]) => {
  const titles: string[] = []
  const service = await startTestService(t, {
    subscriptions: [
      subscribe('task-recurrence', {
        'task.completed': async ({ task }) => void titles.push(task.title),
        'recurring_task.due': ignore('not in this test'),
        'recurring_task.changed': ignore('not in this test'),
      }),
    ],
  })
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const answer = await service.asSidecar('/events/task-recurrence', {
      method: 'POST',
      body: JSON.stringify(body),
      headers,
    })
    return { status: answer.status, body: await answer.json() }
  }
  return { titles, service, post }
}
const event = (title: string) => anEvent(taskCompleted, { task: aTask({ title }), changed: {} })

test('a single CloudEvent decoded by the sidecar is handled', async (t) => {
  const { titles, post } = await start(t)
  assert.deepEqual(await post(event('plain'), { __partition: '1', __offset: '7' }), {
    status: 200,
    body: { status: 'SUCCESS' },
  })
  assert.deepEqual(titles, ['plain'])
})

test('a single raw message, wrapped in a CloudEvent by the sidecar, is handled', async (t) => {
  const { titles, post } = await start(t)
  const data_base64 = Buffer.from(JSON.stringify(event('wrapped'))).toString('base64')
  const wrapper = { specversion: '1.0', id: 'made-by-dapr', type: 'com.dapr.event.sent', source: 'x', data_base64 }
  assert.deepEqual(await post(wrapper), { status: 200, body: { status: 'SUCCESS' } })
  assert.deepEqual(titles, ['wrapped'])
})

test('bulks of decoded CloudEvents and of JSON text are handled', async (t) => {
  const { titles, post } = await start(t)
  const entries = [
    { entryId: 'a', event: event('decoded'), contentType: 'application/cloudevents+json', metadata: null },
    { entryId: 'b', event: JSON.stringify(event('text')), contentType: 'text/plain' },
  ]
  const { body } = await post({ id: 'x', entries, topic: 'task-recurrence' })
  assert.deepEqual(body, {
    statuses: [
      { entryId: 'a', status: 'SUCCESS' },
      { entryId: 'b', status: 'SUCCESS' },
    ],
  })
  assert.deepEqual(titles, ['decoded', 'text'])
})

test('an empty bulk returns no statuses', async (t) => {
  const { post } = await start(t)
  assert.deepEqual(await post({ entries: [] }), { status: 200, body: { statuses: [] } })
})
