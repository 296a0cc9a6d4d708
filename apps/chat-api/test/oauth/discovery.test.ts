import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { createLog } from '@taskflow/service-kit'
import winston from 'winston'
import { startOauth } from '../../testing/oauth-app.ts'

test('the authorization server describes itself, as RFC 8414 and OpenID Connect have it', async (t) => {
  const api = await startOauth(t)
  const get = async (path: string) => {
    const answer = await fetch(api.publicUrl + path, { headers: { origin: 'https://inspector.example' } })
    assert.equal(answer.status, 200, path)
    assert.ok(answer.headers.get('access-control-allow-origin'), path)
    return answer.json() as Promise<Record<string, unknown>>
  }
  const described = await get('/.well-known/oauth-authorization-server')
  const at = (path: string) => api.publicUrl + path
  for (const [name, value] of Object.entries({
    issuer: api.publicUrl,
    authorization_endpoint: at('/oauth/auth'),
    token_endpoint: at('/oauth/token'),
    registration_endpoint: at('/oauth/register'),
    revocation_endpoint: at('/oauth/revoke'),
    jwks_uri: at('/oauth/jwks'),
    scopes_supported: ['tasks:read', 'tasks:write', 'offline_access'],
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    client_id_metadata_document_supported: true,
  })) {
    const found = described[name]
    assert.deepEqual(
      Array.isArray(found) ? found.toSorted() : found,
      Array.isArray(value) ? value.toSorted() : value,
      name,
    )
  }
  assert.equal((await get('/.well-known/openid-configuration')).issuer, api.publicUrl)
  const { keys } = (await get('/oauth/jwks')) as { keys: Record<string, string>[] }
  assert.deepEqual(
    keys.map(({ alg, d }) => [alg, d]),
    [['ES256', undefined]],
  )
  const resource = await get('/.well-known/oauth-protected-resource/mcp')
  assert.deepEqual([resource.resource, resource.authorization_servers], [at('/mcp'), [api.publicUrl]])
})

test('errors are JSON as RFC 6749 has it, and reveal nothing inside', async (t) => {
  const api = await startOauth(t)
  for (const [method, path, status] of [
    ['POST', '/oauth/token', 400],
    ['PUT', '/oauth/token', 405],
    ['GET', '/oauth/register', 405],
    ['POST', '/oauth/revoke', 400],
    ['GET', '/oauth/auth', 400],
    ['GET', `/oauth/auth?client_id=${'x'.repeat(5_000)}`, 400],
    ['GET', '/oauth/auth/unknown', 400],
  ] as const) {
    const answer = await fetch(api.publicUrl + path, { method, redirect: 'manual' })
    const body = (await answer.json()) as { error: string; error_description: string }
    assert.deepEqual([answer.status, typeof body.error], [status, 'string'], `${method} ${path.slice(0, 30)}`)
    assert.ok(answer.headers.get('x-correlation-id'))
  }
  await api.service.database.pool.query('REVOKE SELECT ON identity.oauth_state FROM taskflow_chat_api')
  const { status, body } = await api.token({ grant_type: 'refresh_token', client_id: 'x', refresh_token: 'x' })
  assert.deepEqual([status, body.error], [500, 'server_error'])
  assert.doesNotMatch(JSON.stringify(body), /permission|oauth_state/)
  const page = await fetch(`${api.publicUrl}/oauth/unknown`, { headers: { accept: 'text/html' } })
  assert.equal(page.status, 404)
})

test('neither the database nor the log holds a code or a token', async (t) => {
  const lines: string[] = []
  const log = createLog({ service: 'chat-api', level: 'debug', terminal: false })
  const stream = new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) })
  log.clear().add(new winston.transports.Stream({ stream }))
  const api = await startOauth(t, { overrides: { log } })
  const { client_id, code, access_token, refresh_token } = await api.connect(await api.signup())
  await api.callTool(access_token)
  const { body } = await api.refresh(client_id, refresh_token)
  await api.exchange(client_id, code, 'x'.repeat(43))
  await fetch(`${api.publicUrl}/oauth/token?code=${code}`, { method: 'POST' })
  await api.service.database.pool.query('REVOKE SELECT ON identity.users FROM taskflow_chat_api')
  assert.equal((await api.refresh(client_id, body.refresh_token)).status, 500)
  const [stored, logged] = [JSON.stringify(await api.rows()), lines.join('')]
  assert.match(logged, /an OAuth request failed/)
  for (const secret of [code, access_token, refresh_token, body.refresh_token, body.access_token]) {
    assert.ok(secret && !stored.includes(secret), 'stored')
    assert.ok(!logged.includes(secret), 'logged')
  }
})
