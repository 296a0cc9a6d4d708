import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { startService } from '@taskflow/test-kit'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createDeps, type Deps } from '../src/deps.ts'

/** Signs the links of mails. */
export const linkSecret = 'links-of-tests-links-of-tests-links-of-tests'

/** The service with its real routes on a database of its own, and people who use it. */
export const startChatApi = async (t: Pick<TestContext, 'after'>, overrides: Partial<Deps> = {}) => {
  const service = await startService(t, 'chat-api', { readConfig, createDeps, createApp }, overrides, {
    env: { TOKEN_SECRET: 'only-for-tests-only-for-tests-only-for-tests', LINK_SECRET: linkSecret },
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
  return {
    service,
    anonymous: as(),
    as,
    signup: async (fields: Record<string, string> = {}) => {
      const person = { email: `${randomUUID()}@example.com`, password: 'correct horse', name: 'Ada', ...fields }
      const { body } = await as().post('/api/v1/auth/signup', person)
      return { ...as(body.token), ...person, id: body.user.id as string, token: body.token as string }
    },
  }
}
