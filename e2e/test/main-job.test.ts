import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Mesh, startMesh } from '@taskflow/test-kit'

// biome-ignore lint/suspicious/noExplicitAny: answers of the API, looked at field by field
type Json = any

/** Asks again until the answer pleases; the mesh acts when the event arrives, not when the request is answered. */
const eventually = async <T>(what: string, ask: () => Promise<T | undefined | false>, seconds = 20): Promise<T> => {
  const deadline = Date.now() + seconds * 1_000
  while (Date.now() < deadline) {
    const answer = await ask()
    if (answer) return answer
    await delay(50)
  }
  throw new assert.AssertionError({ message: `did not happen within ${seconds} s: ${what}` })
}

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

  test('a completed recurring task begets its next occurrence', async () => {
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

  test('a due reminder is an e-mail in the mailbox, and the task knows it was sent', async () => {
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
})
