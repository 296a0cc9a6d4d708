import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { type TestContext, test } from 'node:test'
import { fakeClock, withinCpuTime } from '@taskflow/test-kit'
import { startForgingProvider } from '../../../testing/forging-provider.ts'
import { environmentOf, listen, openidPath, throughProvider } from '../../../testing/openid-provider.ts'
import { startChatApi } from '../../../testing/start-chat-api.ts'

const discovery = '/.well-known/openid-configuration'

const start = async (t: TestContext) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const provider = await startForgingProvider(t)
  const api = await startChatApi(t, { clock }, environmentOf(provider))
  const through = throughProvider(provider)
  return {
    ...api,
    ...provider,
    clock,
    come: () => through.come(api.anonymous, 'login'),
    login: () => through.login(api.anonymous),
    begin: () => api.anonymous.post(`${openidPath}/login/options`, { provider: 'local' }),
  }
}

test('a token that is not for this sign-in, not of this provider, or old is refused', async (t) => {
  const { login, forged } = await start(t)
  const hourAgo = Math.floor(Date.now() / 1_000) - 3_600
  const claims: Record<string, unknown>[] = [
    { nonce: 'of another sign-in' },
    { nonce: undefined },
    { iss: 'https://accounts.example' },
    { aud: 'another client' },
    { exp: hourAgo, iat: hourAgo - 60 },
    { sub: undefined },
    { sub: 'x'.repeat(256) },
    { sub: 'a\0b' },
  ]
  for (const each of claims) {
    forged.claims = each
    const { status, body } = await login()
    const seen = [status, body.detail]
    assert.deepEqual(seen, [401, 'the answer of Local is not valid; try again'], JSON.stringify(each))
  }
  forged.claims = {}
  forged.isForeignKey = true
  assert.equal((await login()).status, 401, 'signed by somebody else')
  forged.isForeignKey = false
  assert.equal((await login()).status, 201)
})

test('a response of another issuer, or of another provider’s page, is refused before its code is sent on', async (t) => {
  const provider = await startForgingProvider(t)
  const other = await startForgingProvider(t)
  const settings = { ...other.settings, id: 'other' }
  const { anonymous } = await startChatApi(t, {}, environmentOf(provider, { settings }))
  const mixed = throughProvider({ ...provider, visit: (url) => provider.visit(url, { iss: 'https://evil.example' }) })
  assert.equal((await mixed.login(anonymous)).status, 401)
  const { body, cookie } = await throughProvider(provider).come(anonymous, 'login')
  assert.equal((await anonymous.post(`${openidPath}/login`, { ...body, provider: 'other' }, cookie)).status, 401)
  assert.deepEqual([...provider.asked, ...other.asked], [discovery])
  assert.equal((await anonymous.post(`${openidPath}/login`, body, cookie)).status, 201)
})

const endless = (response: ServerResponse) => {
  response.setHeader('content-type', 'application/json')
  const more = () => {
    while (!response.destroyed && response.write(' '.repeat(65_536))) {}
  }
  response.on('drain', more)
  more()
}

test('a provider that is away, talks nonsense or never ends is one sentence, and keeps nobody', async (t) => {
  const { begin, come, anonymous, forged, clock, settings } = await start(t)
  const away = async (answer: typeof forged.answer) => {
    forged.answer = answer
    clock.advance({ seconds: 5 })
    const { status, headers, body } = await begin()
    assert.deepEqual(
      [status, headers.get('retry-after'), body.detail],
      [503, '5', 'Local cannot be reached; try again, or sign in another way'],
    )
    assert.deepEqual(headers.getSetCookie(), [])
  }
  const says = (status: number, text: string) => (_path: string, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(text)
    return true
  }
  await away((_path, response) => Boolean(response.destroy()))
  await away(says(500, '{}'))
  await away(says(302, ''))
  await away(says(200, '<html>'))
  await away(says(200, 'null'))
  await away(says(200, JSON.stringify({ issuer: 'https://evil.example' })))
  const { issuer } = settings
  await away(says(200, JSON.stringify({ issuer, authorization_endpoint: 'javascript:alert(1)' })))
  await withinCpuTime(2_000, () =>
    away((_path, response) => {
      endless(response)
      return true
    }),
  )
  forged.answer = () => false
  clock.advance({ seconds: 5 })
  const { body, cookie } = await come()
  forged.answer = (path, response) => path === '/token' && says(400, '{"error":"invalid_client"}')(path, response)
  const answer = await anonymous.post(`${openidPath}/login`, body, cookie)
  assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '5'])
  forged.answer = (path, response) => path === '/token' && says(400, '{"error":"invalid_grant"}')(path, response)
  const again = await come()
  assert.equal((await anonymous.post(`${openidPath}/login`, again.body, again.cookie)).status, 401)
})

test('a provider that does not answer is given up after some seconds, and asked once meanwhile', async (t) => {
  const { begin, anonymous, asked, forged } = await start(t)
  forged.answer = () => true
  const answers = await Promise.all([1, 2, 3].map(begin))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [503, 503, 503],
  )
  assert.equal((await begin()).status, 503, 'at once')
  assert.deepEqual(asked, [discovery])
  assert.equal((await anonymous.get(`${openidPath}/providers`)).status, 200)
})

test('what a provider says about itself is asked for when first needed, remembered, and used while it is away', async (t) => {
  const { begin, asked, forged, clock } = await start(t)
  assert.deepEqual(asked, [])
  await Promise.all([1, 2, 3].map(begin))
  assert.deepEqual(asked, [discovery])
  clock.advance({ minutes: 60 })
  forged.answer = (_path, response) => Boolean(response.destroy())
  const answers = [...(await Promise.all([1, 2, 3].map(begin))), await begin()]
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
  assert.deepEqual(asked, [discovery, discovery])
})

test('the service starts while a provider is away', async (t) => {
  const issuer = await listen(t, (_request, response) => response.destroy())
  const settings = { id: 'local', name: 'Local', issuer, client_id: 'taskflow' }
  const { anonymous } = await startChatApi(t, {}, environmentOf({ settings }))
  assert.equal((await anonymous.get(`${openidPath}/providers`)).status, 200)
  assert.equal((await anonymous.post(`${openidPath}/login/options`, { provider: 'local' })).status, 503)
})
