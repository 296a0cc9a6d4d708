import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { approve, createBrowser, pkce, startOauth } from '../../testing/oauth-app.ts'

type Api = Awaited<ReturnType<typeof startOauth>>

/** A request of an app that has been opened in a browser and waits. */
const open = async (api: Api, changed: Record<string, string | undefined> = {}) => {
  const { client_id } = (await api.register()).body
  const browse = createBrowser(api.publicUrl)
  const { location } = await browse(api.authorization(client_id, pkce().challenge, changed))
  const path = `/api/v1/oauth/consents/${location.split('/').at(-1)}`
  const decide = (token: string, scopes: string[]) => browse(path, { method: 'POST', token, body: { scopes } })
  return { browse, location, path, decide, show: (token?: string) => browse(path, token ? { token } : {}) }
}

test('the person is sent to a page that cannot be framed', async (t) => {
  const consoleFolder = mkdtempSync(join(tmpdir(), 'taskflow-console-'))
  t.after(() => rmSync(consoleFolder, { recursive: true }))
  writeFileSync(join(consoleFolder, 'index.html'), '<!doctype html>')
  const api = await startOauth(t, { overrides: { consoleFolder } })
  const { browse, location } = await open(api)
  assert.match(location, /^\/consent\/[\w-]+$/)
  const { status, headers } = await browse(location)
  assert.equal(status, 200)
  assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
})

test('a request is shown and decided only where it was begun, by a person who has signed in', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  const asked = await open(api)
  const elsewhere = await open(api)
  assert.equal((await asked.show()).status, 401)
  const program = (await ada.post('/api/v1/auth/tokens', { name: 'x', scopes: ['account:write'] })).body.token
  assert.equal((await asked.show(program)).status, 403)
  assert.equal((await asked.decide(program, ['tasks:read'])).status, 403)
  // The address of the request alone, such as in a link that somebody sends, is of no use.
  assert.equal((await ada.get(asked.path)).status, 404)
  assert.equal((await ada.post(asked.path, { scopes: ['tasks:read'] })).status, 404)
  assert.equal((await elsewhere.browse(asked.path, ada)).status, 404)
  const { status, headers, text } = await asked.show(ada.token)
  assert.deepEqual([status, headers.get('cache-control')], [200, 'no-store'])
  assert.deepEqual(JSON.parse(text).scopes, ['tasks:read', 'tasks:write'])
})

test('its cookies are for its addresses only, and scripts cannot read them', async (t) => {
  const api = await startOauth(t, { env: { PUBLIC_URL: 'https://tasks.example' } })
  const { client_id } = (await api.register()).body
  const address = api.authorization(client_id, pkce().challenge, { resource: 'https://tasks.example/mcp' })
  const { headers } = await fetch(address, { redirect: 'manual' })
  const cookies = headers.getSetCookie()
  assert.ok(cookies.length >= 6)
  for (const cookie of cookies) {
    assert.match(cookie, /; httponly/i)
    assert.match(cookie, /; samesite=lax/i)
    assert.match(cookie, /; secure/i, 'because PUBLIC_URL is https')
    assert.match(cookie, /; path=\/(consent|oauth\/auth|api\/v1\/oauth\/consents)\/[\w-]+;/)
  }
})

test('a person may narrow what an app asks for, but not to nothing that works', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  const { decide, browse } = await open(api)
  for (const scopes of [['tasks:write'], ['admin'], ['tasks:read', 'account:read']]) {
    assert.equal((await decide(ada.token, scopes)).status, 422, scopes.join())
  }
  const { redirect_to } = JSON.parse((await decide(ada.token, ['tasks:read'])).text)
  assert.match(redirect_to, new RegExp(`^${api.publicUrl}/oauth/auth/`))
  const sent = new URL((await browse(redirect_to)).location)
  assert.ok(sent.searchParams.get('code'))
})

test('what an app does not ask for is not granted', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  const { show, decide } = await open(api, { scope: 'tasks:read openid email' })
  assert.deepEqual(JSON.parse((await show(ada.token)).text).scopes, ['tasks:read'])
  await decide(ada.token, ['tasks:read', 'tasks:write'])
  assert.deepEqual((await ada.get('/api/v1/auth/apps')).body.data[0].scopes, ['tasks:read'])
})

test('a person may refuse: the app is told, and nothing is kept', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  const { client_id } = (await api.register()).body
  const { callback } = await approve(api.authorization(client_id, pkce().challenge), ada, [])
  const { error, state, iss } = Object.fromEntries(callback!.searchParams)
  assert.deepEqual([error, state, iss], ['access_denied', 'of the app', api.publicUrl])
  assert.deepEqual(await api.rows(`model <> 'Client'`), [])
})

test('a decision that is sent again gets the same answer, and counts once', async (t) => {
  const api = await startOauth(t)
  const [ada, eve] = [await api.signup(), await api.signup()]
  const { decide } = await open(api)
  const first = await decide(ada.token, ['tasks:read'])
  const again = await decide(ada.token, ['tasks:read', 'tasks:write'])
  assert.deepEqual([again.status, again.text], [200, first.text])
  assert.equal((await decide(eve.token, ['tasks:read'])).status, 404)
  const { data } = (await ada.get('/api/v1/auth/apps')).body
  assert.deepEqual([data.length, data[0].scopes], [1, ['tasks:read']])
})

test('nobody is signed in by an earlier request: the next one asks again', async (t) => {
  const api = await startOauth(t)
  const [ada, ben] = [await api.signup(), await api.signup()]
  const { client_id } = (await api.register()).body
  const browse = createBrowser(api.publicUrl)
  for (const person of [ada, ben]) {
    const { location } = await browse(api.authorization(client_id, pkce().challenge))
    assert.match(location, /^\/consent\//)
    const path = `/api/v1/oauth/consents/${location.split('/').at(-1)}`
    const body = { scopes: ['tasks:read'] }
    const { redirect_to } = JSON.parse((await browse(path, { ...person, method: 'POST', body })).text)
    assert.match((await browse(redirect_to)).location, /code=/)
  }
  const none = await browse(api.authorization(client_id, pkce().challenge, { prompt: 'none' }))
  assert.match(none.location, /error=consent_required/)
  assert.deepEqual(await api.rows(`model = 'Session'`), [])
})

test('apps are listed with what they may do; disconnecting one ends its tokens, and no other', async (t) => {
  const clock = fakeClock(Temporal.Now.instant().toString())
  const api = await startOauth(t, { overrides: { clock } })
  const [ada, eve] = [await api.signup(), await api.signup()]
  const kept = await api.connect(ada, undefined, { client_name: 'Kept' })
  const gone = await api.connect(ada, ['tasks:read'], { client_name: 'Gone' })
  const list = async () => (await ada.get('/api/v1/auth/apps')).body.data
  const [first, second] = await list()
  assert.deepEqual(
    [first.name, first.host, first.scopes, second.name, second.scopes],
    ['Gone', '127.0.0.1:33418', ['tasks:read'], 'Kept', ['tasks:read', 'tasks:write']],
  )
  assert.ok(first.connected_at <= first.last_used_at)
  for (const _ of ['each', 'replica']) assert.equal((await api.callTool(gone.access_token)).status, 200)

  assert.equal((await eve.delete(`/api/v1/auth/apps/${first.id}`)).status, 404)
  assert.equal((await ada.delete('/api/v1/auth/apps/x')).status, 404)
  assert.equal((await ada.delete(`/api/v1/auth/apps/${first.id}`)).status, 204)
  assert.deepEqual((await list()).length, 1)
  assert.equal((await api.refresh(gone.client_id, gone.refresh_token)).body.error, 'invalid_grant')
  const here = await fetch(`${api.service.url}/mcp`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gone.access_token}` },
  })
  assert.equal(here.status, 401, 'at once where it was disconnected')
  clock.advance({ seconds: 10 })
  for (const _ of ['each', 'replica']) assert.equal((await api.callTool(gone.access_token)).status, 401)
  assert.equal((await api.callTool(kept.access_token)).status, 200)
  assert.equal((await api.refresh(kept.client_id, kept.refresh_token)).status, 200)
})

test('a person has at most 100 apps', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  await api.service.database.pool.query(
    `INSERT INTO identity.oauth_state (model, id, user_id, payload, created_at, expires_at)
     SELECT 'Grant', n::text, $1, '{}', now(), now() + interval '1 day' FROM generate_series(1, 100) AS n`,
    [ada.id],
  )
  const { decide } = await open(api)
  assert.equal((await decide(ada.token, ['tasks:read'])).status, 409)
})
