import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Mesh, startMesh } from '@taskflow/local-mesh'
import { eventuallyWithin } from '@taskflow/test-kit'
import pg from 'pg'
import { openListeners } from './open-listeners.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers of the API, looked at field by field
type Json = any

/** Takes milliseconds, but on a busy machine a Kafka consumer group may need its rebalance timeout of a minute. */
const eventually = eventuallyWithin(90)

describe('the main job, over real sidecars, broker, database and mail server', () => {
  let mesh: Mesh
  before(async () => {
    mesh = await startMesh()
  })
  after(() => mesh?.stop())

  const request = async (
    method: string,
    path: string,
    token?: string,
    body?: Json,
  ): Promise<{ status: number; body: Json }> => {
    const answer = await fetch(mesh.url + path, {
      method,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text ? JSON.parse(text) : undefined }
  }
  const signup = async (email: string): Promise<string> =>
    (await request('POST', '/api/v1/auth/signup', undefined, { email, password: 'correct horse', name: 'Ada' })).body
      .token

  test('nothing of the mesh listens to the network', (t) => {
    const open = openListeners(process.pid)
    if (!open) return t.skip('reads /proc')
    assert.deepEqual(open, [])
  })

  test('completing a recurring task creates its next occurrence', async () => {
    const token = await signup('recurring@example.com')
    const created = await request('POST', '/api/v1/tasks', token, {
      title: 'Pay rent',
      priority: 'high',
      due_date: '2031-01-31T09:00:00Z',
      recurrence_rule: 'monthly',
      tags: ['home'],
    })
    assert.equal(created.status, 201)
    const completed = await request('POST', `/api/v1/tasks/${created.body.id}/complete`, token)
    assert.equal(completed.status, 200)
    const next = await eventually('the next occurrence exists', async () => {
      const { body } = await request('GET', `/api/v1/tasks?series_id=${created.body.series_id}`, token)
      return body.data.find((task: Json) => !task.is_completed)
    })
    assert.equal(next.due_date, '2031-02-28T09:00:00Z')
    assert.deepEqual([next.title, next.priority, next.tags, next.occurrence], ['Pay rent', 'high', ['home'], 2])
  })

  test('a recurring task creates its task on its date', async () => {
    const token = await signup('scheduled@example.com')
    const start_date = Temporal.Now.instant().add({ seconds: 2 }).round('second').toString()
    const recurring = await request('POST', '/api/v1/recurring-tasks', token, {
      title: 'Stand-up',
      pattern: 'daily',
      start_date,
      category: 'work',
    })
    assert.equal(recurring.status, 201)
    const task = await eventually('its task exists', async () => {
      const { body } = await request('GET', `/api/v1/tasks?series_id=${recurring.body.id}`, token)
      return body.data[0]
    })
    assert.deepEqual([task.title, task.category, task.due_date, task.occurrence], ['Stand-up', 'work', start_date, 1])
  })

  test('a due reminder arrives by e-mail, and the task shows it as sent', async () => {
    const token = await signup('reminded@example.com')
    const { body: task } = await request('POST', '/api/v1/tasks', token, {
      title: 'Call the bank',
      due_date: new Date(Date.now() + 3_600_000 + 1_000).toISOString(),
      reminders: [{ type: '1_hour_before' }],
    })
    const mail = await eventually('the mail arrives', async () => {
      const { messages } = (await (await fetch(`${mesh.mailUrl}/api/v1/messages`)).json()) as Json
      return messages.find((each: Json) => each.To[0].Address === 'reminded@example.com')
    })
    assert.match(mail.Subject, /Call the bank/)
    await eventually('the reminder is sent', async () => {
      const { body } = await request('GET', `/api/v1/tasks/${task.id}`, token)
      return body.reminders[0].state === 'sent'
    })
  })

  test('every event of a task is in the audit log of its owner', async () => {
    const token = await signup('audited@example.com')
    const { body: task } = await request('POST', '/api/v1/tasks', token, { title: 'Water the plants' })
    await request('PATCH', `/api/v1/tasks/${task.id}`, token, { title: 'Water all plants' })
    await request('POST', `/api/v1/tasks/${task.id}/complete`, token)
    await request('POST', `/api/v1/tasks/${task.id}/reopen`, token)
    await request('DELETE', `/api/v1/tasks/${task.id}`, token)
    const records = await eventually('five records', async () => {
      const { body } = await request('GET', `/api/v1/audit?task_id=${task.id}`, token)
      return body.data?.length === 5 && body.data
    })
    assert.deepEqual(records.map((record: Json) => record.type).toReversed(), [
      'task.created',
      'task.updated',
      'task.completed',
      'task.reopened',
      'task.deleted',
    ])
    const stranger = await signup('stranger@example.com')
    assert.deepEqual((await request('GET', `/api/v1/audit?task_id=${task.id}`, stranger)).body.data, [])
  })

  test('an admin sees services and sidecars of the mesh', async () => {
    const token = await signup('mesh-admin@example.com')
    await withDatabase((client) =>
      client.query(`UPDATE identity.users SET role = 'admin' WHERE email = 'mesh-admin@example.com'`),
    )
    const body = await eventually('all of them respond in time', async () => {
      const { status, body } = await request('GET', '/api/v1/admin/mesh', token)
      assert.equal(status, 200)
      return body.unreachable.length === 0 && body
    })
    const subscribed = Object.entries(body.services).map(([name, { sidecar }]: [string, Json]) => [
      name,
      sidecar.id,
      sidecar.subscriptions.length,
    ])
    assert.deepEqual(subscribed.toSorted(), [
      ['audit-logger', 'audit-logger', 5],
      ['chat-api', 'chat-api', 2],
      ['notification-service', 'notification-service', 2],
      ['recurring-processor', 'recurring-processor', 2],
      ['reminder-service', 'reminder-service', 2],
    ])
    for (const each of Object.values(body.services) as Json[]) assert.equal(each.status, 'ok')
    const [use] = await eventually('the admin request is in the audit log', async () => {
      const audit = await request('GET', '/api/v1/audit?type=admin.acted', token)
      return audit.body.data?.length === 1 && audit.body.data
    })
    assert.equal(use.data.operation, 'GET /api/v1/admin/mesh')
  })

  test('an admin reads the story of a completed task: all consumers, in order, with latencies', async () => {
    const token = await signup('story@example.com')
    await withDatabase((client) =>
      client.query(`UPDATE identity.users SET role = 'admin' WHERE email = 'story@example.com'`),
    )
    const input = { title: 'Pay rent', due_date: '2031-01-31T09:00:00Z', recurrence_rule: 'monthly' }
    const { body: task } = await request('POST', '/api/v1/tasks', token, input)
    await request('POST', `/api/v1/tasks/${task.id}/complete`, token)
    const [event] = await eventually('the event is recorded', async () => {
      const { body } = await request('GET', `/api/v1/admin/events?type=task.completed&subject=${task.id}`, token)
      return body.data?.length === 1 && body.data
    })
    const story = await eventually('it is complete', async () => {
      const { body } = await request('GET', `/api/v1/admin/events/${event.event_id}/story`, token)
      const isTaken = body.consumers?.every(({ state }: Json) => state === 'done')
      const isPublished = body.publications?.every(({ state }: Json) => state === 'published')
      return isTaken && isPublished && body.causation?.data.caused.length > 0 && body
    })
    assert.deepEqual(story.unreachable, [])
    assert.deepEqual(story.consumers.map(({ service, topic }: Json) => `${service} from ${topic}`).toSorted(), [
      'audit-logger from task-events',
      'chat-api from task-events',
      'recurring-processor from task-recurrence',
      'reminder-service from task-events',
    ])
    const received = story.consumers.map(({ received_at }: Json) => received_at)
    assert.deepEqual(received, received.toSorted())
    for (const { total_ms, partition, offset } of story.consumers) {
      assert.ok(total_ms >= 0 && total_ms < 90_000, `${total_ms}`)
      assert.ok(partition >= 0 && Number(offset) >= 0)
    }
    assert.deepEqual(
      story.publications.map(({ topic, publishing_ms }: Json) => [topic, publishing_ms >= 0]),
      [
        ['task-events', true],
        ['task-recurrence', true],
      ],
    )
    assert.deepEqual([story.cloud_event.event.id, story.cloud_event.event.data.task.id], [event.event_id, task.id])
    const [next] = story.causation.data.caused
    assert.deepEqual([next.type, next.source], ['task.created', '/taskflow/recurring-processor'])
  })

  test('an unreadable message is parked at its consumers, and resolved by an admin; later events continue', async () => {
    const { sidecarUrl, daprApiToken } = mesh.members['chat-api']
    const poison = await fetch(`${sidecarUrl}/v1.0/publish/kafka-pubsub/task-events?metadata.rawPayload=true`, {
      method: 'POST',
      headers: { 'dapr-api-token': daprApiToken, 'content-type': 'text/plain' },
      body: 'not json at all',
    })
    assert.equal(poison.status, 204)
    await signup('admin@example.com')
    await withDatabase((client) =>
      client.query(`UPDATE identity.users SET role = 'admin' WHERE email = 'admin@example.com'`),
    )
    const credentials = { email: 'admin@example.com', password: 'correct horse' }
    const { token } = (await request('POST', '/api/v1/auth/login', undefined, credentials)).body
    const letters = await eventually('all three consumers have parked it', async () => {
      const { body } = await request('GET', '/api/v1/admin/dead-letters', token)
      return body.data?.length === 3 && body.data
    })
    const consumers = letters.map((letter: Json) => letter.service).toSorted()
    assert.deepEqual(consumers, ['audit-logger', 'chat-api', 'reminder-service'])
    const id = encodeURIComponent(letters[0].id)
    const shown = (await request('GET', `/api/v1/admin/dead-letters/${id}`, token)).body
    assert.deepEqual([shown.body, shown.reason, shown.topic], ['not json at all', 'not JSON', 'task-events'])
    for (const letter of letters) {
      const path = `/api/v1/admin/dead-letters/${encodeURIComponent(letter.id)}/discard`
      assert.equal((await request('POST', path, token, { note: 'made by the test' })).status, 200)
      assert.equal((await request('POST', path, token, { note: 'again' })).status, 404)
    }
    assert.deepEqual((await request('GET', '/api/v1/admin/dead-letters', token)).body.data, [])
    const { body: outbox } = await request('GET', '/api/v1/admin/outbox', token)
    assert.deepEqual([Object.keys(outbox.services).length, outbox.unreachable], [5, []])
    const lag = await eventually('nothing is left to consume', async () => {
      const { body } = await request('GET', '/api/v1/admin/lag', token)
      // Each admin request is itself an event on user-events.
      const others = body.data?.filter((each: Json) => each.topic !== 'user-events')
      return others?.length > 0 && others.every((each: Json) => each.lag === 0) && others
    })
    assert.ok(lag.some((each: Json) => each.group === 'audit-logger' && each.topic === 'task-events' && each.end > 0))
    assert.equal((await request('GET', '/api/v1/admin/dead-letters', await signup('user@example.com'))).status, 403)

    const { body: task } = await request('POST', '/api/v1/tasks', token, { title: 'after the poison' })
    await eventually('it is audited', async () => {
      const { body } = await request('GET', `/api/v1/audit?task_id=${task.id}`, token)
      return body.data?.length === 1
    })
  })

  const withDatabase = async (work: (client: pg.Client) => Promise<unknown>) => {
    const client = new pg.Client({ connectionString: mesh.databaseUrl })
    await client.connect()
    await work(client)
    await client.end()
  }
})
