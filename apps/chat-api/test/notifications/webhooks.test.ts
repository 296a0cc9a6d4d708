import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem, type Sidecar } from '@taskflow/service-kit'
import { startChatApi } from '../../testing/start-chat-api.ts'

const path = '/api/v1/notifications/webhook'

test('registering a webhook returns its secret once; registering again creates a new one', async (t) => {
  const { anonymous, service, signup } = await startChatApi(t)
  const [ada, eve] = [await signup(), await signup()]
  const first = await ada.send('PUT', path, { url: 'https://hooks.example/ada?x=1' })
  assert.equal(first.status, 200)
  assert.match(first.body.secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
  const { secret: _, ...shown } = first.body
  assert.deepEqual((await ada.get(path)).body, shown)
  assert.deepEqual([shown.verified_at, shown.state], [null, 'unverified'])
  assert.equal((await eve.get(path)).status, 404)
  const second = await ada.send('PUT', path, { url: 'https://hooks.example/ada' })
  assert.notEqual(second.body.secret, first.body.secret)
  const { rows } = await service.database.pool.query(
    'SELECT webhook_url, webhook_secret FROM identity.recipients WHERE user_id = $1',
    [ada.id],
  )
  assert.deepEqual(rows, [{ webhook_url: 'https://hooks.example/ada', webhook_secret: second.body.secret }])
  assert.equal((await eve.delete(path)).status, 204)
  assert.equal((await ada.get(path)).status, 200, 'only the user’s own webhook is removed')
  assert.equal((await ada.delete(path)).status, 204)
  assert.equal((await ada.get(path)).status, 404)
  assert.equal((await anonymous.send('PUT', path, { url: 'https://hooks.example' })).status, 401)
})

test('a URL that is not https on port 443, or has a password or fragment, is rejected', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  for (const url of [
    'ftp://hooks.example',
    'file:///etc/passwd',
    'hooks.example',
    'https://me:secret@hooks.example',
    'https://hooks.example/#x',
    'http://hooks.example',
    'http://hooks.example:443',
    'https://hooks.example:8443',
    'https://hooks.example:22',
    1,
  ]) {
    const { status, body } = await ada.send('PUT', path, { url })
    assert.deepEqual([url, status, body.errors[0].path], [url, 422, 'url'])
  }
})

/** notification-service, as far as webhooks are concerned. */
const challenger = () => {
  const calls: [string, string, object | undefined][] = []
  const answer = { give: async (): Promise<{ passed: boolean }> => ({ passed: true }) }
  const invoke = async (service: string, path: string, _origin: object, body?: object) => {
    calls.push([service, path, body])
    return answer.give()
  }
  return { calls, answer, sidecar: { invoke, close: async () => {} } as unknown as Sidecar }
}

test('a webhook whose receiver repeats the challenge is verified, which is recorded and shown', async (t) => {
  const { calls, sidecar } = challenger()
  const { service, signup } = await startChatApi(t, { sidecar })
  const ada = await signup()
  assert.equal((await ada.post(`${path}/verify`)).status, 404)
  await ada.send('PUT', path, { url: 'https://hooks.example/ada' })
  const { status, body } = await ada.post(`${path}/verify`)
  assert.deepEqual([status, body.state, body.problem], [200, 'verified', null])
  assert.deepEqual(calls, [['notification-service', 'webhooks/verify', { user_id: ada.id }]])
  assert.deepEqual((await ada.get(path)).body, body)
  assert.equal((await ada.post(`${path}/verify`)).status, 200)
  assert.equal(calls.length, 1, 'a verified one is not challenged again')
  const acts = (await service.outbox('tasks')).filter(({ event }) => event.type === 'account.acted')
  assert.deepEqual(
    acts.map(({ event: { data } }) => data.action).filter((action) => String(action).startsWith('webhook')),
    ['webhook_set', 'webhook_confirmed'],
  )

  // A new secret for the same URL needs no new proof, another URL does.
  const again = await ada.send('PUT', path, { url: 'https://hooks.example/ada' })
  assert.equal(again.body.state, 'verified')
  const other = await ada.send('PUT', path, { url: 'https://hooks.example/eve' })
  assert.equal(other.body.state, 'unverified')
})

test('a challenge that is not repeated is 409, with the same sentence for all causes', async (t) => {
  const { answer, sidecar } = challenger()
  const { signup } = await startChatApi(t, { sidecar })
  const ada = await signup()
  await ada.send('PUT', path, { url: 'https://hooks.example/ada' })
  answer.give = async () => ({ passed: false })
  const refused = await ada.post(`${path}/verify`)
  assert.equal(refused.status, 409)
  assert.match(refused.body.detail, /did not repeat the challenge: it must answer the POST with 2xx/)
  answer.give = async () => {
    throw new Problem('too-many-requests', 'at most 10 attempts to verify a webhook in 1 h; try again later')
  }
  assert.equal((await ada.post(`${path}/verify`)).status, 429)
  assert.equal((await ada.get(path)).body.state, 'unverified')
})

test('a webhook that was replaced while it was challenged is not verified', async (t) => {
  const { answer, sidecar } = challenger()
  const { signup } = await startChatApi(t, { sidecar })
  const ada = await signup()
  await ada.send('PUT', path, { url: 'https://hooks.example/ada' })
  answer.give = async () => {
    await ada.send('PUT', path, { url: 'https://victim.example' })
    return { passed: true }
  }
  const { status, body } = await ada.post(`${path}/verify`)
  assert.deepEqual([status, body.detail], [409, 'the webhook was replaced meanwhile; verify it again'])
  assert.equal((await ada.get(path)).body.state, 'unverified')
})

test('a webhook from before, on another port, is shown with what to do; the setting allows it', async (t) => {
  const { calls, sidecar } = challenger()
  const { service, signup } = await startChatApi(t, { sidecar })
  const ada = await signup()
  await service.database.pool.query(
    `INSERT INTO identity.webhooks VALUES ($1, 'http://hooks.example:8080', 'whsec_AAAA', now(), now())`,
    [ada.id],
  )
  const { body } = await ada.get(path)
  assert.deepEqual([body.state, body.problem], ['not_allowed', 'it must be an https URL on port 443: register another'])
  assert.equal((await ada.post(`${path}/verify`)).status, 409)
  assert.equal(calls.length, 0)
  const home = await startChatApi(t, { sidecar }, { WEBHOOK_PORTS: '443, http:8080' }, service.database)
  const there = home.as(ada.token)
  assert.equal((await there.get(path)).body.state, 'verified')
  const answer = await there.send('PUT', path, { url: 'https://hooks.example:8443' })
  assert.equal(answer.body.errors[0].message, 'must be an https URL on port 443 or http:8080')
})
