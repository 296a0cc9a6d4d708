import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { approve, pkce, startOauth } from '../../testing/oauth-app.ts'

type Api = Awaited<ReturnType<typeof startOauth>>

const both = { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] }

/** As these programs register, and to which of their addresses they then have the code sent. */
const registrations: [string, object, string][] = [
  [
    'VS Code',
    {
      client_uri: 'https://code.visualstudio.com',
      grant_types: [...both.grant_types, 'urn:ietf:params:oauth:grant-type:device_code'],
      response_types: ['code'],
      redirect_uris: [
        ...['https://insiders.vscode.dev/redirect', 'https://vscode.dev/redirect', 'http://localhost/'],
        ...['http://127.0.0.1/', 'http://localhost:33418/', 'http://127.0.0.1:33418/'],
      ],
      token_endpoint_auth_method: 'none',
    },
    'http://127.0.0.1:33419/',
  ],
  [
    'Cursor',
    {
      ...both,
      redirect_uris: ['cursor://anysphere.cursor-retrieval/oauth/user-taskflow/callback'],
      token_endpoint_auth_method: 'none',
    },
    'cursor://anysphere.cursor-retrieval/oauth/user-taskflow/callback',
  ],
  [
    'Claude Code (taskflow)',
    { ...both, redirect_uris: ['http://localhost:49152/callback'], token_endpoint_auth_method: 'none' },
    'http://localhost:49152/callback',
  ],
  [
    'Claude',
    { ...both, redirect_uris: ['https://claude.ai/api/mcp/auth_callback'], scope: 'claudeai openid' },
    'https://claude.ai/api/mcp/auth_callback',
  ],
  [
    'ChatGPT',
    {
      ...both,
      redirect_uris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
      token_endpoint_auth_method: 'client_secret_post',
      application_type: 'web',
      contacts: ['support@openai.com'],
      logo_uri: 'https://chatgpt.com/logo.png',
    },
    'https://chatgpt.com/connector_platform_oauth_redirect',
  ],
]

for (const [client_name, metadata, redirect_uri] of registrations) {
  test(`${client_name} registers, is allowed and gets its tokens`, async (t) => {
    const api = await startOauth(t)
    const { status, body } = await api.register({ client_name, ...metadata })
    assert.deepEqual([status, body.client_secret, body.token_endpoint_auth_method], [201, undefined, 'none'])
    const { verifier, challenge } = pkce()
    const asked = api.authorization(body.client_id, challenge, { redirect_uri })
    const { callback, consent } = await approve(asked, await api.signup())
    assert.equal(consent.name, client_name)
    assert.ok(String(callback).startsWith(redirect_uri), String(callback))
    const code = callback?.searchParams.get('code') ?? ''
    const tokens = (await api.exchange(body.client_id, code, verifier, { redirect_uri })).body
    assert.equal((await api.callTool(tokens.access_token)).status, 200)
    assert.equal((await api.refresh(body.client_id, tokens.refresh_token)).status, 200)
  })
}

test('a client is not registered for addresses that lead codes elsewhere', async (t) => {
  const api = await startOauth(t)
  for (const redirect of [
    'http://evil.example/callback',
    'http://localhost.evil.example/callback',
    'unknown://callback',
    'javascript:alert(1)',
    'https://user@evil.example/callback',
    'https://example.com/#fragment',
    'not an address',
  ]) {
    const { status, body } = await api.register({ redirect_uris: ['https://example.com/ok', redirect] })
    assert.equal(status, 400, redirect)
    assert.match(body.error, /^invalid_(redirect_uri|client_metadata)$/)
  }
  const many = Array.from({ length: 21 }, (_, index) => `https://example.com/${index}`)
  for (const metadata of [
    ...[{ redirect_uris: [] }, { redirect_uris: 'https://example.com' }, { redirect_uris: many }],
    ...[
      { token_endpoint_auth_method: 'private_key_jwt' },
      { redirect_uris: [`https://a.example/${'x'.repeat(1_000)}`] },
    ],
  ]) {
    assert.equal((await api.register(metadata)).status, 400, JSON.stringify(metadata))
  }
  for (const body of ['[]', '"x"', '{', 'null', `{"client_name":"${'x'.repeat(60_000)}"}`]) {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${api.publicUrl}/oauth/register`, { method: 'POST', headers, body })
    assert.equal(answer.status, 400, body.slice(0, 20))
    assert.equal(typeof ((await answer.json()) as { error: string }).error, 'string')
  }
})

test('a name is shown without what makes it look like another', async (t) => {
  const api = await startOauth(t)
  const { body } = await api.register({ client_name: `\u202Eetihw\u0000  Task\u200BFlow\n${'x'.repeat(500)}` })
  assert.match(body.client_name, /^etihw Task Flow x+$/)
  assert.equal(body.client_name.length, 80)
})

test('registrations are limited by network, at all replicas together', async (t) => {
  const api = await startOauth(t, { env: { OAUTH_REGISTRATIONS_PER_HOUR: '3' } })
  const statuses = []
  for (let count = 0; count < 4; count++) statuses.push((await api.register()).status)
  assert.deepEqual(statuses, [201, 201, 201, 429])
  const { headers, body } = await api.register()
  assert.deepEqual([body.error, Number(headers.get('retry-after')) > 3_000], ['temporarily_unavailable', true])
})

test('requests are limited by network', async (t) => {
  const api = await startOauth(t, { env: { OAUTH_REQUESTS_PER_MINUTE: '2' } })
  const statuses = []
  // In turn at each of two replicas, which count together.
  for (let count = 0; count < 6; count++) statuses.push((await fetch(`${api.publicUrl}/oauth/jwks`)).status)
  assert.deepEqual(statuses, [200, 200, 429, 429, 429, 429])
})

test('a client that nobody connects is removed after a day', async (t) => {
  const clock = fakeClock(Temporal.Now.instant().toString())
  const api = await startOauth(t, { overrides: { clock } })
  await api.register({ client_name: 'Never used' })
  await api.connect(await api.signup(), undefined, { client_name: 'In use' })
  clock.advance({ hours: 25 })
  await api.service.app.loops.find(({ name }) => name === 'identity upkeep')!.processDue()
  const names = (await api.rows(`model = 'Client'`)).map(
    ({ payload }) => (payload as { client_name: string }).client_name,
  )
  assert.deepEqual(names, ['In use'])
  assert.deepEqual(await api.rows(`model IN ('Interaction', 'AuthorizationCode')`), [])
})

const claudeCode = 'https://claude.ai/oauth/claude-code-client-metadata'

/** Metadata documents by address, and which of them were fetched. */
const startWithDocuments = async (t: TestContext, documents: Record<string, object | (() => Promise<Response>)>) => {
  const fetched: string[] = []
  const fetchClient = (async (address: string, options: RequestInit) => {
    fetched.push(address)
    const document = documents[address]
    if (typeof document !== 'function') return Response.json(document ?? {}, { status: document ? 200 : 404 })
    return Promise.race([
      document(),
      new Promise<never>((_, reject) =>
        options.signal?.addEventListener('abort', () => reject(options.signal?.reason)),
      ),
    ])
  }) as typeof fetch
  return { ...(await startOauth(t, { overrides: { fetchClient } })), fetched }
}

const authorize = async (api: Api, client_id: string, redirect_uri: string) => {
  const { verifier, challenge } = pkce()
  const person = await api.signup()
  const approved = await approve(api.authorization(client_id, challenge, { redirect_uri }), person)
  const code = approved.callback?.searchParams.get('code') ?? ''
  return { ...approved, tokens: async () => (await api.exchange(client_id, code, verifier, { redirect_uri })).body }
}

test('a client is known by the address of its metadata document, and its host is shown', async (t) => {
  const api = await startWithDocuments(t, {
    [claudeCode]: {
      client_id: claudeCode,
      client_name: 'Claude Code',
      client_uri: 'https://claude.ai',
      redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
      ...both,
      token_endpoint_auth_method: 'none',
    },
  })
  const { consent, tokens } = await authorize(api, claudeCode, 'http://localhost:54321/callback')
  assert.deepEqual(
    [consent.name, consent.publisher, consent.host, consent.is_local],
    ['Claude Code', 'claude.ai', 'localhost:54321', true],
  )
  const { access_token, refresh_token } = await tokens()
  assert.equal((await api.callTool(access_token)).status, 200)
  assert.equal((await api.refresh(claudeCode, refresh_token)).status, 200)
  assert.ok(api.fetched.length <= 2, 'once at each replica')
  const elsewhere = await authorize(api, claudeCode, 'http://localhost:54321/other')
  assert.deepEqual([elsewhere.asked.status, elsewhere.callback], [400, undefined])
})

test('a metadata document is refused when it is of another client, too large, too slow, or moved', async (t) => {
  const document = (address: string) => ({
    client_id: address,
    client_name: 'x',
    redirect_uris: ['https://a.example/x'],
  })
  const at = (name: string) => `https://a.example/${name}`
  const api = await startWithDocuments(t, {
    [at('other')]: document(at('stolen')),
    [at('large')]: { ...document(at('large')), software_id: 'x'.repeat(6_000) },
    [at('slow')]: () => new Promise(() => {}),
    [at('moved')]: async () => Response.redirect('https://10.0.0.1/'),
    [at('http')]: { ...document(at('http')), redirect_uris: ['http://a.example/x'] },
    [at('secret')]: { ...document(at('secret')), client_secret: 'x' },
    [at('key')]: { ...document(at('key')), token_endpoint_auth_method: 'private_key_jwt', jwks_uri: at('jwks') },
  })
  for (const name of ['other', 'large', 'slow', 'moved', 'http', 'secret', 'key', 'none']) {
    const { asked, callback } = await authorize(api, at(name), 'https://a.example/x')
    assert.deepEqual(
      [asked.status >= 400 && asked.status < 500, callback],
      [true, undefined],
      `${name}: ${asked.status}`,
    )
  }
})

test('a metadata document is fetched from public names only', async (t) => {
  const api = await startWithDocuments(t, {})
  for (const address of [
    ...['http://a.example/x', 'https://localhost/x', 'https://127.0.0.1/x', 'https://[::1]/x', 'https://10.0.0.1/x'],
    ...['https://169.254.169.254/x', 'https://0x7f000001/x', 'https://2130706433/x', 'https://a.example:8443/x'],
    ...[
      'https://chat-api/x',
      'https://kafka.taskflow.svc/x',
      'https://printer.local/x',
      'https://metadata.google.internal/x',
    ],
    ...['https://a.example@127.0.0.1/x', 'https://127.0.0.1./x', 'https://[::ffff:127.0.0.1]/x'],
  ]) {
    const { asked } = await authorize(api, address, 'https://a.example/x')
    assert.ok(asked.status >= 400 && asked.status < 500, `${address}: ${asked.status}`)
  }
  assert.deepEqual(api.fetched, [])
})
