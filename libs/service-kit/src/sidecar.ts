import type { HttpMethod } from '@dapr/dapr'
import type { Topic } from '@taskflow/event-contracts'
import { Agent, request } from 'undici'
import { createDaprClient, messageOf, parse, withTimeout } from './dapr-client.ts'
import { type FieldError, Problem, problemNameOf } from './http/problem.ts'
import type { Origin } from './origin.ts'
import type { ServiceName } from './services.ts'
import { type Tracing, untraced } from './tracing/tracing.ts'

/** One event on its way to Kafka. */
export interface BulkEntry {
  event_id: string
  key: string
  /** The CloudEvent as JSON text. */
  event: string
}

/** The result of a bulk publish. Entries that are not in `failed` are in Kafka. */
export type PublishResult =
  | { ok: true; failed: Map<string, string> }
  /** Nothing is known about any entry (timeout, connection lost, sidecar or broker away): all are sent again. */
  | { ok: false; status: number | null; reason: string }

/** The Dapr sidecar of this service, the only way to the other services and to Kafka. */
export interface Sidecar {
  /** `traceparent`: the parent of the sidecar's span. The events keep their own. */
  publish(topic: Topic, entries: BulkEntry[], traceparent?: string): Promise<PublishResult>
  /**
   * Calls another service through Dapr service invocation: GET, or POST with a body. A 4xx of the callee is thrown as
   * the same Problem, anything else as 503.
   */
  invoke<T>(service: ServiceName, path: string, origin: Origin, body?: object): Promise<T>
  /** undefined when the sidecar can publish and has these topics subscribed, else what is wrong. */
  problemWith(topics: string[]): Promise<string | undefined>
  /** What the sidecar reports about itself. Throws when it does not answer. */
  metadata(): Promise<SidecarMetadata>
  /** Ends the sidecar in order; its supervisor starts it again. */
  shutDown(): Promise<void>
  close(): Promise<void>
}

/** The part of Dapr's metadata (GET /v1.0/metadata) that operators see. */
interface SidecarMetadata {
  id: string
  runtimeVersion: string
  components: { name: string; type: string; version: string }[]
  subscriptions: { pubsubname: string; topic: string }[]
}

export const pubsubName = 'kafka-pubsub'
const publishTimeout = 30_000

/** `url` is the sidecar's HTTP address, `token` the DAPR_API_TOKEN it expects. */
export const createSidecar = ({
  url,
  token,
  tracing = untraced,
}: {
  url: string
  token: string
  tracing?: Tracing
}): Sidecar => {
  const dispatcher = new Agent({
    connections: 8,
    headersTimeout: publishTimeout,
    bodyTimeout: publishTimeout,
    connect: { timeout: 2_000 },
  })
  const headers = { 'dapr-api-token': token }
  const client = createDaprClient({ url, token })

  const get = (path: string) => request(url + path, { dispatcher, headers, headersTimeout: 2_000, bodyTimeout: 2_000 })

  const metadata = async (): Promise<SidecarMetadata> => {
    const answer = await get('/v1.0/metadata')
    const { id, runtimeVersion, components, subscriptions } = (await answer.body.json()) as Partial<SidecarMetadata>
    return {
      id: id ?? '',
      runtimeVersion: runtimeVersion ?? '',
      components: (components ?? []).map(({ name, type, version }) => ({ name, type, version })),
      subscriptions: (subscriptions ?? []).map(({ pubsubname, topic }) => ({ pubsubname, topic })),
    }
  }

  return {
    metadata,
    shutDown: async () => {
      const answer = await request(`${url}/v1.0/shutdown`, {
        dispatcher,
        method: 'POST',
        headers,
        headersTimeout: 2_000,
      })
      await answer.body.dump()
    },
    publish: async (topic, entries, traceparent) => {
      // rawPayload must be in the query: in the metadata of entries, the sidecar would overwrite traceparent
      // (docs/dapr-behaviour.md).
      const path = `/v1.0/publish/bulk/${pubsubName}/${topic}?metadata.rawPayload=true`
      try {
        const answer = await request(url + path, {
          dispatcher,
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json', ...(traceparent ? { traceparent } : {}) },
          body: bulkBody(entries),
        })
        const text = await answer.body.text()
        return publishResult(answer.statusCode, text)
      } catch (error) {
        return { ok: false, status: null, reason: messageOf(error) }
      }
    },
    invoke: async <T>(service: ServiceName, path: string, origin: Origin, body?: object) => {
      const method = body ? 'post' : 'get'
      const span = tracing.start(`invoke ${service}`, {
        kind: 'client',
        causes: [origin.traceparent],
        attributes: { 'http.request.method': method.toUpperCase(), 'url.template': path.split('?')[0] },
      })
      const call = client.get().then(({ invoker }) =>
        invoker.invoke(service, path, method as HttpMethod, body, {
          headers: { traceparent: span.traceparent, 'x-correlation-id': origin.correlationid },
        }),
      )
      try {
        const answer = (await withTimeout(call, 5_000)) as T
        span.end()
        return answer
      } catch (error) {
        const problem = invocationProblem(service, error)
        span.end({ error: problem.problem })
        throw problem
      }
    },
    problemWith: async (topics) => {
      try {
        const health = await get('/v1.0/healthz/outbound')
        await health.body.dump()
        if (health.statusCode !== 204) return `sidecar at ${url} is not ready (${health.statusCode})`
        const { subscriptions } = await metadata()
        const subscribed = new Set(subscriptions.map((each) => each.topic))
        const missing = topics.filter((topic) => !subscribed.has(topic))
        return missing.length === 0 ? undefined : `sidecar at ${url} has not subscribed to ${missing.join(', ')}`
      } catch {
        return `sidecar at ${url} does not answer; locally, stop and run npm start again`
      }
    },
    close: async () => {
      // A call that hangs does not hold up the stop.
      await withTimeout(dispatcher.close(), 1_000).catch(() => dispatcher.destroy())
      await client.stop()
    },
  }
}

/**
 * The event is already JSON text and is not parsed here. As base64 the sidecar does not parse it either, which halves
 * its work (docs/performance.md), and Kafka gets the exact bytes.
 */
const bulkBody = (entries: BulkEntry[]): string =>
  `[${entries
    .map(
      ({ event_id, key, event }) =>
        `{"entryId":"${event_id}","event":"${Buffer.from(event).toString('base64')}","contentType":"application/octet-stream","metadata":{"partitionKey":${JSON.stringify(key)}}}`,
    )
    .join(',')}]`

/** Dapr answers 204 when all entries were written, else 500 with those that were not (docs/dapr-behaviour.md). */
const publishResult = (status: number, text: string): PublishResult => {
  if (status >= 200 && status < 300) return { ok: true, failed: new Map() }
  const answer = parse(text) as { failedEntries?: { entryId: string; error?: string }[]; message?: string } | undefined
  if (!answer?.failedEntries?.length) return { ok: false, status, reason: answer?.message ?? text.slice(0, 300) }
  return { ok: true, failed: new Map(answer.failedEntries.map((each) => [each.entryId, each.error ?? 'not written'])) }
}

/** The SDK throws an Error whose message is JSON: the status, and the callee's answer as text. */
const invocationProblem = (service: string, error: unknown): Problem => {
  const { status, error_msg } = (parse(messageOf(error)) ?? {}) as { status?: number; error_msg?: string }
  if (status !== undefined && status >= 400 && status < 500) {
    const { type, detail, errors } = (parse(error_msg ?? '') ?? {}) as {
      type?: string
      detail?: string
      errors?: FieldError[]
    }
    const name = problemNameOf(type)
    if (name) return new Problem(name, detail ?? 'refused', { errors: errors ?? [], cause: error })
  }
  return new Problem('service-unavailable', `${service} cannot be reached just now; try again shortly`, {
    cause: error,
  })
}
