import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { calls, says, startScriptedModel } from '@taskflow/chat-api/testing/scripted-model'
import { hear } from '@taskflow/chat-api/testing/start-chat'
import { type Mesh, startMesh } from '@taskflow/local-mesh'
import { createStateStore } from '@taskflow/service-kit'
import { eventuallyWithin } from '@taskflow/test-kit'
import pg from 'pg'

// biome-ignore lint/suspicious/noExplicitAny: answers of the API, looked at field by field
type Json = any

describe('the chat, over a real sidecar and its statestore', () => {
  let mesh: Mesh
  let model: Awaited<ReturnType<typeof startScriptedModel>>
  const ends: (() => unknown)[] = []
  before(async () => {
    model = await startScriptedModel({ after: (end) => ends.push(end as () => unknown) })
    mesh = await startMesh({ env: model.env })
  })
  after(async () => {
    for (const end of ends) await end()
    await mesh?.stop()
  })

  const request = async (method: string, path: string, token?: string, body?: Json): Promise<Response> =>
    fetch(mesh.url + path, {
      method,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const get = async (path: string, token: string): Promise<Json> => (await request('GET', path, token)).json()
  const signup = async (email: string): Promise<string> => {
    const person = { email, password: 'correct horse', name: 'Ada' }
    return ((await (await request('POST', '/api/v1/auth/signup', undefined, person)).json()) as Json).token
  }
  const say = async (token: string, message: string, conversation_id?: string) =>
    hear(await request('POST', '/api/v1/chat', token, { message, ...(conversation_id ? { conversation_id } : {}) }))
  const keys = async (): Promise<string[]> => {
    const client = new pg.Client({ connectionString: mesh.databaseUrl })
    await client.connect()
    const { rows } = await client.query('SELECT key FROM statestore.state')
    await client.end()
    return rows.map(({ key }) => key)
  }
  const eventually = eventuallyWithin(90)

  test('a conversation survives a restart, its changes are audited, and deletion removes its messages', async () => {
    const token = await signup('chat@example.com')
    model.script([calls([{ name: 'add_tasks', input: { tasks: [{ title: 'Buy milk' }] } }]), says('Added.')])
    const first = await say(token, 'add: buy milk')
    assert.equal(first.text, 'Added.')

    mesh.members['chat-api'].app.kill('SIGKILL')
    await eventually('chat-api is back', async () => {
      const answer = await fetch(`${mesh.url}/readyz`).catch(() => undefined)
      return answer?.ok === true && mesh.members['chat-api'].app.exits.length > 0
    })
    model.script([says('It was milk.')])
    const second = await say(token, 'what was it?', first.conversation_id)
    assert.equal(second.text, 'It was milk.')
    assert.deepEqual(
      model.requests.at(-1)!.messages.map(({ role }) => role),
      ['system', 'user', 'assistant', 'tool', 'assistant', 'user'],
    )
    const path = `/api/v1/chat/conversations/${first.conversation_id}`
    assert.equal((await get(path, token)).messages.length, 4)

    const [task] = (await get('/api/v1/tasks', token)).data
    await eventually('it is in the audit log, under the request of the chat', async () => {
      const { data } = await get(`/api/v1/audit?task_id=${task.id}`, token)
      return data?.[0]?.correlation_id === first.headers.get('x-correlation-id')
    })

    const isKept = async () => (await keys()).some((key) => key.includes(first.conversation_id))
    assert.ok(await isKept())
    assert.equal((await request('DELETE', path, token)).status, 204)
    await eventually('the statestore has deleted it', async () => !(await isKept()))
    assert.equal((await request('GET', path, token)).status, 404)
  })

  test('without a statestore, requests do not hang', async () => {
    const token = await signup('away@example.com')
    model.script(() => says('Yes.'))
    const { conversation_id } = await say(token, 'hello')
    const { sidecar } = mesh.members['chat-api']
    sidecar.kill('SIGSTOP')
    try {
      const answer = await request('POST', '/api/v1/chat', token, { message: 'hello?', conversation_id })
      assert.deepEqual([answer.status, ((await answer.json()) as Json).title], [503, 'Service Unavailable'])
    } finally {
      sidecar.kill('SIGCONT')
    }
    await eventually('it continues', async () => {
      const answer = await request('POST', '/api/v1/chat', token, { message: 'hello?', conversation_id })
      return (await answer.text()).includes('"finish"')
    })
  })

  test('the statestore supports ETags, time to live and deletion', async () => {
    const { sidecarUrl, daprApiToken } = mesh.members['chat-api']
    const state = createStateStore({ url: sidecarUrl, token: daprApiToken })
    assert.deepEqual(await state.get('test'), {})
    assert.equal(await state.save('test', { n: 1 }, { ttlSeconds: 60 }), true)
    const { value, etag } = await state.get('test')
    assert.deepEqual(value, { n: 1 })
    assert.equal(await state.save('test', { n: 2 }, { etag, ttlSeconds: 60 }), true)
    assert.equal(await state.save('test', { n: 3 }, { etag, ttlSeconds: 60 }), false, 'another was saved since')
    assert.deepEqual((await state.get('test')).value, { n: 2 })
    await state.delete('test')
    await state.delete('test')
    assert.deepEqual(await state.get('test'), {})
    assert.equal(await state.save('test', { n: 4 }, { etag, ttlSeconds: 60 }), false, 'it was deleted')
    await state.save('test', { n: 5 }, { ttlSeconds: 1 })
    await eventually('it expires', async () => (await state.get('test')).value === undefined)
  })
})
