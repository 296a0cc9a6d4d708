import type { DaprClient } from '@dapr/dapr'
import { request } from 'undici'
import { createDaprClient, messageOf, parse, withTimeout } from './dapr-client.ts'
import { Problem } from './http/problem.ts'

/** What a service remembers, by key. Whatever is asked: Problem 503 when it cannot be reached. */
export interface StateStore {
  /** The value, with the ETag that tells it from later ones; neither when there is none. */
  get<Value>(key: string): Promise<{ value?: Value; etag?: string }>
  /**
   * Saves, for that many seconds. With an ETag only over the value that has it: false when there is another by now. When there
   * is none any more, Postgres says false and Redis saves, under an ETag that begins at 1 again (measured with Dapr 1.18.2).
   */
  save(key: string, value: object, options: { etag?: string | undefined; ttlSeconds: number }): Promise<boolean>
  /** Resolves when the store has confirmed that there is nothing under that key. */
  delete(key: string): Promise<void>
}

/** The Dapr component. */
const STATESTORE = 'statestore'
const patience = 5_000

/** The component `statestore` of a sidecar: `url` is its HTTP address, `token` the DAPR_API_TOKEN it expects. */
export const createStateStore = ({ url, token }: { url: string; token: string }): StateStore => {
  const client = createDaprClient({ url, token })
  const ask = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await withTimeout(work(), patience)
    } catch (cause) {
      const detail = 'what is remembered of conversations cannot be reached just now; try again shortly'
      throw new Problem('service-unavailable', detail, { cause })
    }
  }
  const write = (work: (state: DaprClient['state']) => Promise<{ error?: Error }>) =>
    ask(async () => {
      const { error } = await work((await client.get()).state)
      if (error && !isOutdated(error)) throw error
      return error === undefined
    })
  return {
    // Not by the SDK: its `get` hides the ETag, and its `getBulk` answers "nothing there" of a store that fails, which
    // would be taken for a new conversation (both measured with daprd 1.18.2).
    get: (key) =>
      ask(async () => {
        const { statusCode, headers, body } = await request(`${url}/v1.0/state/${STATESTORE}/${key}`, {
          headers: { 'dapr-api-token': token },
          headersTimeout: patience,
          bodyTimeout: patience,
        })
        const text = await body.text()
        if (statusCode === 204) return {}
        if (statusCode !== 200) throw new Error(`${statusCode} ${text.slice(0, 300)}`)
        return { value: JSON.parse(text), ...(headers.etag ? { etag: String(headers.etag) } : {}) }
      }),
    save: (key, value, { etag, ttlSeconds }) => {
      const entry = { key, value, metadata: { ttlInSeconds: String(ttlSeconds) } }
      return write((state) => state.save(STATESTORE, [etag === undefined ? entry : { ...entry, etag }]))
    },
    delete: async (key) => {
      await write((state) => state.delete(STATESTORE, key))
    },
  }
}

/** The SDK answers an Error whose message is JSON with the status: 409 when another value has been saved (measured). */
const isOutdated = (error: Error): boolean =>
  (parse(messageOf(error)) as { status?: number } | undefined)?.status === 409
