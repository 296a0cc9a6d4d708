import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { approve, pkce, redirect_uri, startOauth } from '../../testing/oauth-app.ts'

type Api = Awaited<ReturnType<typeof startOauth>>
type Answer = Awaited<ReturnType<Api['token']>>

const errorOf = ({ status, body }: Answer) => [status, body.error]

/** A clock that tests move, near that of the machine, which oidc-provider reads. */
const nearNow = () => fakeClock(Temporal.Now.instant().toString())

/** Moves the clock of the machine. */
const later = (t: TestContext, seconds: number) => {
  const now = Date.now() + seconds * 1_000
  t.mock.timers.reset()
  t.mock.timers.enable({ apis: ['Date'], now })
}

/** The error with which a browser is sent back to the app. */
const refusal = async (api: Api, person: { token: string }, changed: Record<string, string | undefined>) => {
  const { client_id } = (await api.register()).body
  const { challenge } = pkce()
  const { callback } = await approve(api.authorization(client_id, challenge, changed), person)
  assert.equal(callback?.origin, new URL(redirect_uri).origin, JSON.stringify(changed))
  const { error, state, iss, code } = Object.fromEntries(callback.searchParams)
  assert.deepEqual([state, iss, code], ['of the app', api.publicUrl, undefined])
  return error
}

test('a token for /mcp is for this issuer, resource, app and person, and has the scopes that were granted', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  const { client_id, access_token, scope } = await api.connect(ada)
  const [header, payload] = access_token.split('.').map((part) => Buffer.from(part, 'base64url').toString())
  const claims = JSON.parse(payload!)
  assert.deepEqual([JSON.parse(header!).typ, JSON.parse(header!).alg], ['at+jwt', 'ES256'])
  assert.deepEqual(
    [claims.iss, claims.aud, claims.sub, claims.client_id, claims.scope, scope],
    [api.publicUrl, `${api.publicUrl}/mcp`, ada.id, client_id, 'tasks:read tasks:write', 'tasks:read tasks:write'],
  )
  assert.equal(claims.exp - claims.iat, 3_600)
  assert.equal((await api.callTool(access_token)).status, 200)
})

test('a code works once: used again, it takes back what was issued for it', async (t) => {
  const clock = nearNow()
  const api = await startOauth(t, { overrides: { clock } })
  const { client_id, code, verifier, access_token, refresh_token } = await api.connect(await api.signup())
  assert.equal((await api.callTool(access_token)).status, 200)
  assert.deepEqual(errorOf(await api.exchange(client_id, code, verifier)), [400, 'invalid_grant'])
  assert.deepEqual(errorOf(await api.refresh(client_id, refresh_token)), [400, 'invalid_grant'])
  clock.advance({ seconds: 10 })
  for (const _ of ['each', 'replica']) assert.equal((await api.callTool(access_token)).status, 401)
})

test('of a code that is used many times at once, one acts', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  const { client_id } = (await api.register()).body
  const { verifier, challenge } = pkce()
  const { callback } = await approve(api.authorization(client_id, challenge), ada)
  const code = callback!.searchParams.get('code')!
  const answers = await Promise.all(Array.from({ length: 8 }, () => api.exchange(client_id, code, verifier)))
  assert.ok(answers.filter(({ status }) => status === 200).length <= 1)
  for (const answer of answers.filter(({ status }) => status !== 200)) {
    assert.deepEqual(errorOf(answer), [400, 'invalid_grant'])
  }
})

test('a code needs its verifier, its redirect address and its client, within a minute', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  const { client_id } = (await api.register()).body
  const other = (await api.register()).body.client_id
  const { verifier, challenge } = pkce()
  const code = async () => {
    const { callback } = await approve(api.authorization(client_id, challenge), ada)
    return callback!.searchParams.get('code')!
  }
  const first = await code()
  assert.deepEqual(errorOf(await api.exchange(client_id, first, pkce().verifier)), [400, 'invalid_grant'])
  const elsewhere = { redirect_uri: 'http://127.0.0.1:33418/other' }
  assert.deepEqual(errorOf(await api.exchange(client_id, first, verifier, elsewhere)), [400, 'invalid_grant'])
  assert.deepEqual(errorOf(await api.exchange(other, first, verifier)), [400, 'invalid_grant'])
  assert.deepEqual(errorOf(await api.exchange('nobody', first, verifier)), [401, 'invalid_client'])
  assert.equal((await api.exchange(client_id, first, verifier)).status, 200)
  const second = await code()
  later(t, 61)
  assert.deepEqual(errorOf(await api.exchange(client_id, second, verifier)), [400, 'invalid_grant'])
})

test('PKCE with S256 is required', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  assert.equal(await refusal(api, ada, { code_challenge_method: 'plain' }), 'invalid_request')
  assert.equal(await refusal(api, ada, { code_challenge_method: undefined }), 'invalid_request')
  assert.equal(
    await refusal(api, ada, { code_challenge: undefined, code_challenge_method: undefined }),
    'invalid_request',
  )
})

test('tokens are issued for /mcp only: another resource is refused, none means /mcp', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  const foreign = 'https://elsewhere.example/mcp'
  assert.equal(await refusal(api, ada, { resource: foreign }), 'invalid_target')
  assert.equal(await refusal(api, ada, { resource: `${api.publicUrl}/api/v1` }), 'invalid_target')
  const { client_id, refresh_token } = await api.connect(ada)
  const answer = await api.refresh(client_id, refresh_token, { resource: foreign })
  assert.deepEqual(errorOf(answer), [400, 'invalid_target'])
  const { verifier, challenge } = pkce()
  const { callback } = await approve(api.authorization(client_id, challenge, { resource: undefined }), ada)
  const { body } = await api.exchange(client_id, callback!.searchParams.get('code')!, verifier)
  assert.equal((await api.callTool(body.access_token)).status, 200)
})

test('a code is sent to a registered address only: to any other, not even an error', async (t) => {
  const api = await startOauth(t)
  const { client_id } = (await api.register()).body
  const { challenge } = pkce()
  for (const redirect of ['https://evil.example/callback', 'http://127.0.0.1:33418/other', 'cursor://x/callback']) {
    const changed = { redirect_uri: redirect }
    const { asked } = await approve(api.authorization(client_id, challenge, changed), { token: '' })
    assert.deepEqual([asked.status, asked.location], [400, ''], redirect)
    assert.match(asked.headers.get('content-type') ?? '', /^text\/plain/)
  }
  // Another port of this machine is the same program (RFC 8252, section 7.3).
  const ada = await api.signup()
  const changed = { redirect_uri: 'http://127.0.0.1:40000/callback' }
  const { callback } = await approve(api.authorization(client_id, challenge, changed), ada)
  assert.equal(callback?.port, '40000')
})

test('a narrowed grant gives narrow tokens; a tool that needs more is a 403 that names scope and metadata', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  const { client_id, access_token, refresh_token, scope } = await api.connect(ada, ['tasks:read'])
  assert.equal(scope, 'tasks:read')
  assert.equal((await api.callTool(access_token)).status, 200)
  const { status, headers } = await api.callTool(access_token, 'add_tasks', { tasks: [{ title: 'x' }] })
  assert.equal(status, 403)
  assert.equal(
    headers.get('www-authenticate'),
    `Bearer realm="taskflow", error="insufficient_scope", scope="tasks:write", resource_metadata="${api.publicUrl}/.well-known/oauth-protected-resource/mcp"`,
  )
  const wider = await api.refresh(client_id, refresh_token, { scope: 'tasks:read tasks:write' })
  assert.deepEqual(errorOf(wider), [400, 'invalid_scope'])
  assert.equal((await api.refresh(client_id, refresh_token)).body.scope, 'tasks:read')
})

test('a refresh token works once; for 30 s after that again, for programs that share it; later it ends the grant', async (t) => {
  const clock = nearNow()
  const api = await startOauth(t, { overrides: { clock } })
  const ada = await api.signup()
  const other = await api.connect(ada)
  const { client_id, refresh_token } = await api.connect(ada)
  const answers = await Promise.all([1, 2, 3].map(() => api.refresh(client_id, refresh_token)))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  )
  assert.equal(new Set(answers.map(({ body }) => body.refresh_token)).size, 3)
  const { access_token, refresh_token: next } = answers[0]!.body
  assert.equal((await api.callTool(access_token)).status, 200)
  later(t, 31)
  assert.deepEqual(errorOf(await api.refresh(client_id, refresh_token)), [400, 'invalid_grant'])
  assert.deepEqual(errorOf(await api.refresh(client_id, next)), [400, 'invalid_grant'])
  clock.advance({ seconds: 10 })
  assert.equal((await api.callTool(access_token)).status, 401)
  assert.equal((await api.refresh(other.client_id, other.refresh_token)).status, 200, 'another app goes on')
})

test('a refresh token is for its client, and ends when it is not used for 30 days', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  const { client_id, refresh_token } = await api.connect(ada)
  const other = (await api.connect(ada)).client_id
  assert.deepEqual(errorOf(await api.refresh(other, refresh_token)), [400, 'invalid_grant'])
  later(t, 29 * 86_400)
  const { body } = await api.refresh(client_id, refresh_token)
  later(t, 29 * 86_400)
  const again = await api.refresh(client_id, body.refresh_token)
  assert.equal(again.status, 200, 'each use prolongs it')
  later(t, 31 * 86_400)
  assert.deepEqual(errorOf(await api.refresh(client_id, again.body.refresh_token)), [400, 'invalid_grant'])
})

test('however often it is used, a connection ends after a year', async (t) => {
  const api = await startOauth(t)
  const { client_id, refresh_token } = await api.connect(await api.signup())
  let newest = refresh_token
  for (let month = 1; month <= 12; month++) {
    later(t, 29 * 86_400)
    const { status, body } = await api.refresh(client_id, newest)
    assert.equal(status, 200, `month ${month}`)
    newest = body.refresh_token
  }
  later(t, 18 * 86_400)
  assert.deepEqual(errorOf(await api.refresh(client_id, newest)), [400, 'invalid_grant'])
})

test('of many refreshes, the last hundred used tokens are remembered', async (t) => {
  const api = await startOauth(t, { env: { OAUTH_REQUESTS_PER_MINUTE: '0' } })
  const { client_id, refresh_token } = await api.connect(await api.signup())
  await api.service.database.pool.query(
    `INSERT INTO identity.oauth_state (model, id, user_id, grant_id, payload, created_at, expires_at, consumed_at)
     SELECT model, n::text, user_id, grant_id, payload, created_at - interval '1 day', expires_at, now()
     FROM identity.oauth_state, generate_series(1, 500) AS n WHERE model = 'RefreshToken'`,
  )
  assert.equal((await api.refresh(client_id, refresh_token)).status, 200)
  assert.ok((await api.rows(`model = 'RefreshToken'`)).length <= 102)
})

/** What the owner is shown about the end of connections. */
const disconnections = async (api: Api) =>
  (await api.service.outbox('tasks')).flatMap(({ key, event }) => {
    const { action, actor, user_agent, details } = event.data as unknown as Record<string, unknown>
    const isOne = event.type === 'account.acted' && action === 'app_disconnected'
    return isOne ? [{ key, address: event.clientaddress, actor, user_agent, details }] : []
  })

test('the end of a connection is recorded once for its owner: by the app itself, or because a token was used twice', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  const { client_id, access_token, refresh_token } = await api.connect(ada)
  assert.equal((await api.revoke((await api.register()).body.client_id, refresh_token)).status, 200)
  assert.deepEqual(await disconnections(api), [], 'not by another app')
  for (const token of [refresh_token, refresh_token, access_token]) {
    await api.post('/oauth/revoke', new URLSearchParams({ client_id, token }), { 'user-agent': 'An app' })
  }
  const [act, ...more] = await disconnections(api)
  assert.deepEqual(more, [])
  assert.match(act?.address ?? '', /127\.0\.0\.1$/)
  assert.deepEqual(
    [act?.key, act?.actor, act?.user_agent, act?.details],
    [ada.id, 'app', 'An app', { app: 'A test', host: '127.0.0.1:33418' }],
  )
  const again = await api.connect(ada)
  await api.exchange(again.client_id, again.code, again.verifier)
  const reused = await api.connect(ada)
  await api.refresh(reused.client_id, reused.refresh_token)
  later(t, 31)
  await api.refresh(reused.client_id, reused.refresh_token)
  const others = (await disconnections(api)).slice(1)
  const details = { app: 'A test', host: '127.0.0.1:33418', what: 'a code or token was used twice' }
  assert.deepEqual(
    others.map((each) => [each.key, each.actor, each.details]),
    [1, 2].map(() => [ada.id, 'system', details]),
  )
})

test('an app can revoke its own tokens, and no other', async (t) => {
  const clock = nearNow()
  const api = await startOauth(t, { overrides: { clock } })
  const ada = await api.signup()
  const { client_id, access_token, refresh_token } = await api.connect(ada)
  const other = (await api.connect(ada)).client_id
  assert.equal((await api.revoke(other, refresh_token)).status, 200, 'reveals nothing')
  assert.equal((await api.callTool(access_token)).status, 200)
  const { body } = await api.refresh(client_id, refresh_token)
  assert.equal((await api.revoke(client_id, body.refresh_token)).status, 200)
  assert.deepEqual(errorOf(await api.refresh(client_id, body.refresh_token)), [400, 'invalid_grant'])
  clock.advance({ seconds: 10 })
  for (const _ of ['each', 'replica']) assert.equal((await api.callTool(access_token)).status, 401)
})

test('an access token is valid for an hour', async (t) => {
  const clock = nearNow()
  const api = await startOauth(t, { overrides: { clock } })
  const { access_token } = await api.connect(await api.signup())
  clock.advance({ minutes: 59 })
  assert.equal((await api.callTool(access_token)).status, 200)
  clock.advance({ minutes: 2 })
  const { status, headers } = await api.callTool(access_token)
  assert.equal(status, 401)
  assert.match(headers.get('www-authenticate') ?? '', /^Bearer realm="taskflow", error="invalid_token", error_des/)
})

test('deleting the account ends all its apps, on every replica within 10 s', async (t) => {
  const clock = nearNow()
  const api = await startOauth(t, { overrides: { clock } })
  const ada = await api.signup()
  const { client_id, access_token, refresh_token } = await api.connect(ada)
  for (const _ of ['each', 'replica']) assert.equal((await api.callTool(access_token)).status, 200)
  assert.equal((await ada.send('DELETE', '/api/v1/auth/me', { password: ada.password })).status, 204)
  clock.advance({ seconds: 10 })
  for (const _ of ['each', 'replica']) assert.equal((await api.callTool(access_token)).status, 401)
  assert.deepEqual(errorOf(await api.refresh(client_id, refresh_token)), [400, 'invalid_grant'])
  assert.deepEqual(await api.rows(`model <> 'Client'`), [])
})
