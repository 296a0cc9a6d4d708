import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { decodeJwt, importJWK, type JWTPayload, SignJWT } from 'jose'
import { deriveKeys } from '../../src/oauth/keys.ts'
import { startOauth } from '../../testing/oauth-app.ts'
import { oauthSecret } from '../../testing/start-chat-api.ts'

test('the token of an app is refused at every other endpoint', async (t) => {
  const api = await startOauth(t)
  const { access_token } = await api.connect(await api.signup())
  const { paths } = (await api.anonymous.get('/openapi.json')).body
  const app = api.as(access_token)
  for (const [path, methods] of Object.entries(paths as Record<string, Record<string, { security: object[] }>>)) {
    if (path === '/mcp') continue
    for (const [method, { security }] of Object.entries(methods)) {
      if (security.length === 0) continue
      const { status } = await app.send(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'x'))
      assert.equal(status, 401, `${method} ${path}`)
    }
  }
})

test('/mcp takes tokens of apps and API tokens, and not those of a login', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  const { body } = await ada.post('/api/v1/auth/tokens', { name: 'x', scopes: ['tasks:read'] })
  assert.equal((await api.callTool(body.token)).status, 200)
  assert.equal((await api.callTool((await api.connect(ada)).access_token)).status, 200)
  const { status, headers } = await api.callTool(ada.token)
  assert.equal(status, 401)
  assert.equal(
    headers.get('www-authenticate'),
    `Bearer realm="taskflow", error="invalid_token", error_description="not valid here, expired or taken back", resource_metadata="${api.publicUrl}/.well-known/oauth-protected-resource/mcp", scope="tasks:read tasks:write"`,
  )
  const without = await api.post('/mcp', {}, {})
  assert.equal(without.status, 401)
  assert.doesNotMatch(without.headers.get('www-authenticate') ?? '', /error/, 'no token, no error code')
})

test('/mcp refuses tokens of another issuer, resource, key or kind', async (t) => {
  const api = await startOauth(t)
  const { access_token } = await api.connect(await api.signup())
  const claims = decodeJwt(access_token)
  const { signing } = deriveKeys(oauthSecret)
  const key = await importJWK({ ...signing })
  const sign = (changed: JWTPayload, header: object = {}, by: Parameters<SignJWT['sign']>[0] = key) =>
    new SignJWT({ ...claims, ...changed })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: signing.kid, ...header })
      .sign(by)
  const foreignKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  assert.equal((await api.callTool(await sign({}))).status, 200)
  const forged = {
    'another issuer': await sign({ iss: 'https://elsewhere.example' }),
    'another resource': await sign({ aud: 'https://elsewhere.example/mcp' }),
    'the API as resource': await sign({ aud: api.publicUrl }),
    'another person': await sign({ sub: (await api.signup()).id }),
    'no grant': await sign({ gid: 'unknown' }),
    'an expired one': await sign({ exp: 1 }),
    'an ID token': await sign({}, { typ: 'JWT' }),
    'another key': await sign({}, {}, foreignKey),
    'the public key as a secret': await sign({}, { alg: 'HS256' }, Buffer.from(signing.x, 'base64url')),
    'no signature': `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${access_token.split('.')[1]}.`,
  }
  for (const [what, token] of Object.entries(forged)) assert.equal((await api.callTool(token)).status, 401, what)
})
