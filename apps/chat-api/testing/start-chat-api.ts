import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { startService, type TestDatabase } from '@taskflow/test-kit'
import { createApp } from '../src/app.ts'
import type { Offer } from '../src/assistant/mcp/offer.ts'
import { readConfig } from '../src/config.ts'
import { createDeps, type Deps } from '../src/deps.ts'

/** Signs the links in mails. */
export const linkSecret = 'links-of-tests-links-of-tests-links-of-tests'

/** Encrypts the secrets of authenticator apps. */
export const accountKey = 'account-of-tests-account-of-tests-account-of'

/** Signs access tokens. */
export const tokenSecret = 'only-for-tests-only-for-tests-only-for-tests'

/** Signs the access tokens of apps. */
export const oauthSecret = 'apps-of-tests-apps-of-tests-apps-of-tests'

/**
 * The service with its real routes, on its own database or the given one, and its users. `env` extends its environment,
 * `offer` is what it offers over MCP.
 */
export const startChatApi = async (
  t: Pick<TestContext, 'after'>,
  overrides: Partial<Deps> = {},
  env: Record<string, string> = {},
  database?: TestDatabase,
  offer?: (deps: Deps) => Offer,
) => {
  const modules = { readConfig, createDeps, createApp: (deps: Deps) => createApp(deps, offer?.(deps)) }
  const service = await startService(t, 'chat-api', modules, overrides, {
    env: {
      TOKEN_SECRET: tokenSecret,
      LINK_SECRET: linkSecret,
      ACCOUNT_KEY: accountKey,
      OAUTH_SECRET: oauthSecret,
      REQUIRE_CONFIRMED_EMAIL: 'false',
      ...env,
    },
    ...(database ? { database } : {}),
  })
  const as = (token?: string) => {
    const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const answer = await fetch(service.url + path, {
        method,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined }
    }
    return {
      send,
      get: (path: string) => send('GET', path),
      post: (path: string, body?: unknown, headers?: Record<string, string>) => send('POST', path, body, headers),
      patch: (path: string, body: unknown, headers?: Record<string, string>) => send('PATCH', path, body, headers),
      delete: (path: string, headers?: Record<string, string>) => send('DELETE', path, undefined, headers),
    }
  }
  const signup = async (fields: Record<string, string> = {}) => {
    const person = { email: `${randomUUID()}@example.com`, password: 'correct horse', name: 'Ada', ...fields }
    const { body } = await as().post('/api/v1/auth/signup', person)
    const { user, token, refresh_token } = body as { user: { id: string }; token: string; refresh_token: string }
    return { ...as(token), ...person, id: user.id, token, refresh_token }
  }
  return {
    service,
    anonymous: as(),
    as,
    signup,
    /** A user with the admin role. */
    operator: async () => {
      const person = await signup()
      await service.database.pool.query(`UPDATE identity.users SET role = 'admin' WHERE id = $1`, [person.id])
      return person
    },
  }
}
