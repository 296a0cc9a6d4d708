import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider } from 'oidc-provider'
import { createBrowser } from './oauth-app.ts'
import { startChatApi } from './start-chat-api.ts'

export const publicUrl = 'https://tasks.example.com'
export const openidPath = '/api/v1/auth/openid'

/** Somebody at the provider. */
interface Somebody {
  sub: string
  email?: string
  email_verified?: boolean
  name?: string
}

/** A server at a port of its own, closed after the test. */
export const listen = async (t: Pick<TestContext, 'after'>, handle: http.RequestListener): Promise<string> => {
  const server = http.createServer(handle).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/**
 * An OpenID provider, oidc-provider. Whoever comes is signed in as `signIn` last said; without anybody, they decline. It
 * gives addresses in answer to a second request, as many do.
 */
export const startOpenidProvider = async (t: Pick<TestContext, 'after'>, servedAt = publicUrl) => {
  const id = 'local'
  const people = new Map<string, Somebody>()
  let who: Somebody | undefined
  let provider: Provider
  const issuer = await listen(t, async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return provider.callback()(request, response)
    const result = who ? { login: { accountId: who.sub } } : { error: 'access_denied' }
    await provider.interactionFinished(request, response, result)
  })
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const client = { client_id: 'taskflow', client_secret: 'secret-of-taskflow at this:provider' }
  provider = new Provider(issuer, {
    clients: [{ ...client, redirect_uris: [`${servedAt}/sign-in/${id}`] }],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'one' }] },
    cookies: { keys: ['of this test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: async (_context, sub) => ({ accountId: sub, claims: async () => ({ ...people.get(sub), sub }) }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  return {
    settings: { id, name: 'Local', issuer, ...client },
    signIn: (somebody: Somebody | undefined) => {
      who = somebody
      if (somebody) people.set(somebody.sub, somebody)
    },
    /** What the browser does at the provider; returns the query with which it is sent back. */
    visit: async (url: string): Promise<string> => {
      const browse = createBrowser(issuer)
      let { location } = await browse(url)
      while (new URL(location, issuer).origin === issuer) ({ location } = await browse(location))
      return new URL(location).search.slice(1)
    },
  }
}

type Api = Awaited<ReturnType<typeof startChatApi>>
type Client = Api['anonymous']
interface OpenidTestProvider {
  /** As in OPENID_PROVIDERS. */
  settings: { id: string; issuer: string }
  visit: (url: string) => Promise<string>
}

export const environmentOf = (...providers: Pick<OpenidTestProvider, 'settings'>[]) => ({
  PUBLIC_URL: publicUrl,
  OPENID_PROVIDERS: JSON.stringify(providers.map(({ settings }) => settings)),
})

/** The Cookie header of whoever got this answer. */
export const cookieOf = ({ headers }: { headers: Headers }): Record<string, string> => ({
  cookie: headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; '),
})

/** A browser at a replica: signs in, or links as `person`, through a provider. */
export const throughProvider = ({ settings, visit }: OpenidTestProvider) => {
  const { id: provider } = settings
  /** Goes to the provider and comes back: what the page then sends, and the cookie it sends with it. */
  const come = async (begin: Client, to: 'login' | 'links', given: object = {}) => {
    const begun = await begin.post(`${openidPath}/${to}/options`, { provider, ...given })
    if (begun.status !== 200) throw new Error(`${begun.status} ${begun.body.detail}`)
    return { body: { provider, response: await visit(begun.body.url) }, cookie: cookieOf(begun) }
  }
  return {
    come,
    login: async (client: Client, more: object = {}) => {
      const { body, cookie } = await come(client, 'login')
      return client.post(`${openidPath}/login`, { ...body, ...more }, cookie)
    },
    link: async (person: Client, given: object = {}) => {
      const { body, cookie } = await come(person, 'links', given)
      return person.post(`${openidPath}/links`, body, cookie)
    },
  }
}

/** The service with one provider, which signs in Ada. */
export const startWithProvider = async (
  t: Pick<TestContext, 'after'>,
  overrides: Parameters<typeof startChatApi>[1] = {},
  env: Record<string, string> = {},
) => {
  const provider = await startOpenidProvider(t)
  const api = await startChatApi(t, overrides, { ...environmentOf(provider), ...env })
  const ada = { sub: 'ada', email: 'ada@example.org', email_verified: true, name: 'Ada Lovelace' }
  provider.signIn(ada)
  const { login, ...rest } = throughProvider(provider)
  return {
    ...api,
    ...rest,
    provider,
    ada,
    login: (more?: object) => login(api.anonymous, more),
    /** Who signed up through the provider. */
    signupThrough: async (somebody: Somebody = ada) => {
      provider.signIn(somebody)
      const { body } = await login(api.anonymous)
      return { ...api.as(body.token), ...(body.user as { id: string; email: string }), token: body.token as string }
    },
  }
}
