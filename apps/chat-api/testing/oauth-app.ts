import { createHash, randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { freePort } from '@taskflow/local-mesh'
import type { TestDatabase } from '@taskflow/test-kit'
import { startRoundRobin } from './round-robin.ts'
import { startChatApi } from './start-chat-api.ts'

export const redirect_uri = 'http://127.0.0.1:33418/callback'

type Overrides = Parameters<typeof startChatApi>[1]
interface Person {
  token: string
}

/** A browser for one request of an app: it keeps cookies and follows no redirect by itself. */
export const createBrowser = (publicUrl: string) => {
  const cookies = new Map<string, string>()
  return async (address: string | URL, init: { method?: string; token?: string; body?: object } = {}) => {
    const { method = 'GET', token, body } = init
    const answer = await fetch(new URL(address, publicUrl), {
      method,
      redirect: 'manual',
      headers: {
        accept: 'text/html, application/json',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (name) cookies.set(name, value ?? '')
    }
    const text = await answer.text()
    return { status: answer.status, location: answer.headers.get('location') ?? '', headers: answer.headers, text }
  }
}

/**
 * What a person does in the browser when an app asks: opens its address, is shown the request and decides. Returns where
 * the browser is sent in the end, which is the app, with the consent as it was shown. `scopes`: [] refuses.
 */
export const approve = async (authorization: string | URL, person: Person, scopes = ['tasks:read', 'tasks:write']) => {
  const { origin } = new URL(authorization)
  const browse = createBrowser(origin)
  const asked = await browse(authorization)
  const uid = /^\/consent\/([\w-]+)$/.exec(asked.location)?.[1]
  if (!uid) return { callback: asked.location ? new URL(asked.location) : undefined, asked, consent: undefined }
  const path = `/api/v1/oauth/consents/${uid}`
  const consent = JSON.parse((await browse(path, person)).text)
  const body = { scopes: scopes.filter((scope) => consent.scopes?.includes(scope)) }
  const decided = JSON.parse((await browse(path, { ...person, method: 'POST', body })).text)
  const sent = await browse(decided.redirect_to)
  return { callback: new URL(sent.location), asked, consent }
}

/** PKCE (RFC 7636). */
export const pkce = () => {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** Two replicas behind a proxy, and an app of no library, to send what libraries would not. */
export const startOauth = async (
  t: Pick<TestContext, 'after'>,
  {
    overrides = {},
    env = {},
    database,
  }: { overrides?: Overrides; env?: Record<string, string>; database?: TestDatabase } = {},
) => {
  const port = await freePort()
  const publicUrl = `http://localhost:${port}`
  const settings = { PUBLIC_URL: publicUrl, ...env }
  const first = await startChatApi(t, overrides, settings, database)
  const second = await startChatApi(t, overrides, settings, first.service.database)
  await startRoundRobin(t, port, [first.service.url, second.service.url])

  const post = async (path: string, body: object | URLSearchParams, headers: Record<string, string> = {}) => {
    const isForm = body instanceof URLSearchParams
    const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json'
    const answer = await fetch(publicUrl + path, {
      method: 'POST',
      headers: { 'content-type': type, ...headers },
      body: isForm ? body : JSON.stringify(body),
    })
    const text = await answer.text()
    const isJson = /json/.test(answer.headers.get('content-type') ?? '')
    return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : undefined }
  }
  const register = (metadata: object = {}) =>
    post('/oauth/register', {
      client_name: 'A test',
      redirect_uris: [redirect_uri],
      grant_types: ['authorization_code', 'refresh_token'],
      ...metadata,
    })
  const authorization = (client_id: string, challenge: string, changed: Record<string, string | undefined> = {}) => {
    const url = new URL('/oauth/auth', publicUrl)
    const parameters = {
      ...{ client_id, redirect_uri, response_type: 'code', state: 'of the app', resource: `${publicUrl}/mcp` },
      ...{ scope: 'tasks:read tasks:write', code_challenge: challenge, code_challenge_method: 'S256' },
      ...changed,
    }
    for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value)
    return url
  }
  const token = (fields: Record<string, string>) => post('/oauth/token', new URLSearchParams(fields))
  const exchange = (client_id: string, code: string, code_verifier: string, changed: Record<string, string> = {}) =>
    token({ grant_type: 'authorization_code', client_id, code, code_verifier, redirect_uri, ...changed })
  const refresh = (client_id: string, refresh_token: string, changed: Record<string, string> = {}) =>
    token({ grant_type: 'refresh_token', client_id, refresh_token, ...changed })
  /** A registered app that a person has allowed `scopes`. */
  const connect = async (person: Person, scopes?: string[], metadata?: object) => {
    const client_id: string = (await register(metadata)).body.client_id
    const { verifier, challenge } = pkce()
    const { callback } = await approve(authorization(client_id, challenge), person, scopes)
    const code = callback?.searchParams.get('code') ?? ''
    const { body } = await exchange(client_id, code, verifier)
    return { client_id, code, verifier, ...(body as { access_token: string; refresh_token: string; scope: string }) }
  }
  const callTool = (access_token: string, name = 'find_tasks', input: object = {}) =>
    post(
      '/mcp',
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } },
      { authorization: `Bearer ${access_token}`, accept: 'application/json, text/event-stream' },
    )
  return {
    ...first,
    second,
    publicUrl,
    post,
    register,
    authorization,
    token,
    exchange,
    refresh,
    connect,
    callTool,
    revoke: (client_id: string, token: string) => post('/oauth/revoke', new URLSearchParams({ client_id, token })),
    rows: async (condition = 'true'): Promise<Record<string, unknown>[]> =>
      (await first.service.database.pool.query(`SELECT * FROM identity.oauth_state WHERE ${condition}`)).rows,
  }
}
