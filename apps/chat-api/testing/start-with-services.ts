import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { type Origin, Problem, type ServiceName } from '@taskflow/service-kit'
import { startChatApi } from './start-chat-api.ts'

/** What a service answers to a question; `undefined`: it cannot be reached. */
export type Answers = (service: ServiceName, path: string) => unknown

/** What a service that is away looks like to chat-api, with what its sidecar says. */
export const away = (said: string) => {
  throw new Problem('service-unavailable', 'cannot be reached just now', { cause: new Error(said) })
}

/**
 * chat-api, whose sidecar hands on questions to services that answer as told; itself it is really asked. Questions are in
 * `asked`.
 */
export const startWithServices = async (
  t: Pick<TestContext, 'after'>,
  answers: Answers,
  overrides: Parameters<typeof startChatApi>[1] = {},
  env: Record<string, string> = {},
) => {
  const asked: string[] = []
  const sidecar = {
    publish: async () => ({ ok: true as const, failed: new Map() }),
    problemWith: async () => undefined,
    metadata: async () => ({ id: 'chat-api', runtimeVersion: '1.18.2', components: [], subscriptions: [] }),
    close: async () => {},
    invoke: async <T>(service: ServiceName, path: string, _origin: Origin) => {
      asked.push(`${service} ${path}`)
      if (service === 'chat-api') return (await (await api.service.asSidecar(`/${path}`)).json()) as T
      return (await answers(service, path)) as T
    },
  }
  const api = await startChatApi(t, { sidecar, ...overrides }, env)
  return { ...api, asked }
}

/** A record as audit-logger answers it. */
export const aRecord = (sequence: number, fields: object = {}) => ({
  ...{ sequence, recorded_at: '2026-01-01T00:00:01Z', event_id: randomUUID(), type: 'task.created' },
  ...{ source: '/taskflow/chat-api', subject: 's', user_id: randomUUID(), time: '2026-01-01T00:00:00Z' },
  ...{ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, correlation_id: 'c', causation_id: null },
  ...{ data: { schema_version: '2.0', task: { id: randomUUID() } }, erased: false, hash: 'h' },
  ...fields,
})
