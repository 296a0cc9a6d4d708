import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { type Origin, Problem, type ServiceName } from '@taskflow/service-kit'
import { startChatApi } from './start-chat-api.ts'

/** The response of a service; `undefined` if it cannot be reached. */
export type Answers = (service: ServiceName, path: string) => unknown

/** An unavailable service as chat-api sees it, with the error of its sidecar. */
export const away = (said: string) => {
  throw new Problem('service-unavailable', 'cannot be reached just now', { cause: new Error(said) })
}

/**
 * chat-api, whose sidecar forwards calls to stub services; calls to chat-api itself are real. All calls are recorded in
 * `requests`.
 */
export const startWithServices = async (
  t: Pick<TestContext, 'after'>,
  answers: Answers,
  overrides: Parameters<typeof startChatApi>[1] = {},
  env: Record<string, string> = {},
) => {
  const requests: string[] = []
  const sidecar = {
    publish: async () => ({ ok: true as const, failed: new Map() }),
    problemWith: async () => undefined,
    shutDown: async () => {},
    metadata: async () => ({ id: 'chat-api', runtimeVersion: '1.18.2', components: [], subscriptions: [] }),
    close: async () => {},
    invoke: async <T>(service: ServiceName, path: string, _origin: Origin) => {
      requests.push(`${service} ${path}`)
      if (service === 'chat-api') return (await (await api.service.asSidecar(`/${path}`)).json()) as T
      return (await answers(service, path)) as T
    },
  }
  const api = await startChatApi(t, { sidecar, ...overrides }, env)
  return { ...api, requests }
}

/** A record as audit-logger returns it. */
export const aRecord = (sequence: number, fields: object = {}) => ({
  ...{ sequence, recorded_at: '2026-01-01T00:00:01Z', event_id: randomUUID(), type: 'task.created' },
  ...{ source: '/taskflow/chat-api', subject: 's', user_id: randomUUID(), time: '2026-01-01T00:00:00Z' },
  ...{ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, correlation_id: 'c', causation_id: null },
  ...{ data: { schema_version: '2.0', task: { id: randomUUID() } }, erased: false, hash: 'h' },
  ...fields,
})
