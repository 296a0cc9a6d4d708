import type { DaprClient } from '@dapr/dapr'
import { request } from 'undici'
import { createDaprClient, messageOf, parse, withTimeout } from './dapr-client.ts'
import { Problem } from './http/problem.ts'

/** Values of a service by key. Every method throws Problem 503 when the store cannot be reached. */
export interface StateStore {
  /** The value with its ETag, which changes with the value; neither when there is none. */
  get<Value>(key: string): Promise<{ value?: Value; etag?: string }>
  /**
   * Saves for `ttlSeconds`. With an ETag it replaces only the value that has it: false when there is another by now.
   * When the value is gone, Postgres returns false and Redis saves (docs/dapr-behaviour.md).
   */
  save(key: string, value: object, options: { etag?: string | undefined; ttlSeconds: number }): Promise<boolean>
  /** Resolves when the store has confirmed that the key has no value. */
  delete(key: string): Promise<void>
}

/** The Dapr component. */
const storeName = 'statestore'
const timeout = 5_000

/** The component `statestore` of a sidecar: `url` is its HTTP address, `token` the DAPR_API_TOKEN it expects. */
export const createStateStore = ({ url, token }: { url: string; token: string }): StateStore => {
  const client = createDaprClient({ url, token })
  const attempt = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await withTimeout(work(), timeout)
    } catch (cause) {
      const detail = 'what is remembered of conversations cannot be reached just now; try again shortly'
      throw new Problem('service-unavailable', detail, { cause })
    }
  }
  const write = (work: (state: DaprClient['state']) => Promise<{ error?: Error }>) =>
    attempt(async () => {
      const { error } = await work((await client.get()).state)
      if (error && !isOutdated(error)) throw error
      return error === undefined
    })
  return {
    // Not by the SDK: its `get` hides the ETag, and its `getBulk` returns no value when the store fails, which would
    // look like a new conversation (docs/dapr-behaviour.md).
    get: (key) =>
      attempt(async () => {
        const { statusCode, headers, body } = await request(`${url}/v1.0/state/${storeName}/${key}`, {
          headers: { 'dapr-api-token': token },
          headersTimeout: timeout,
          bodyTimeout: timeout,
        })
        const text = await body.text()
        if (statusCode === 204) return {}
        if (statusCode !== 200) throw new Error(`${statusCode} ${text.slice(0, 300)}`)
        return { value: JSON.parse(text), ...(headers.etag ? { etag: String(headers.etag) } : {}) }
      }),
    save: (key, value, { etag, ttlSeconds }) => {
      const entry = { key, value, metadata: { ttlInSeconds: String(ttlSeconds) } }
      return write((state) => state.save(storeName, [etag === undefined ? entry : { ...entry, etag }]))
    },
    delete: async (key) => {
      await write((state) => state.delete(storeName, key))
    },
  }
}

/** The SDK returns an Error whose message is JSON with the status: 409 when another value was saved meanwhile. */
const isOutdated = (error: Error): boolean =>
  (parse(messageOf(error)) as { status?: number } | undefined)?.status === 409
