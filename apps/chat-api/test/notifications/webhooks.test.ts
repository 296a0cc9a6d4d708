import assert from 'node:assert/strict'
import { test } from 'node:test'
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

test('a URL that is not http(s), or has a password or fragment, is rejected', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  for (const url of [
    'ftp://hooks.example',
    'file:///etc/passwd',
    'hooks.example',
    'https://me:secret@hooks.example',
    'https://hooks.example/#x',
    1,
  ]) {
    const { status, body } = await ada.send('PUT', path, { url })
    assert.deepEqual([url, status, body.errors[0].path], [url, 422, 'url'])
  }
})
