import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import type { CloudEvent, Topic } from '@taskflow/event-contracts'
import {
  type BaseConfig,
  type BaseDeps,
  createLog,
  environmentPrefix,
  type ServiceApp,
  type ServiceName,
} from '@taskflow/service-kit'
import { type TestDatabase, testDatabase } from './database.ts'
import { bulkDelivery, deliveryHeaders, type Message, type Position } from './deliver.ts'

/** The modules of a service. */
export interface ServiceModule<Config extends BaseConfig, Deps extends BaseDeps> {
  readConfig: (env: Record<string, string | undefined>) => Config
  createDeps: (config: Config, overrides?: Partial<Deps>) => Deps
  createApp: (deps: Deps) => ServiceApp
}

export interface TestService<Deps> {
  url: string
  deps: Deps
  app: ServiceApp
  database: TestDatabase
  /** Requests with the sidecar's token, as daprd makes them. */
  asSidecar: (path: string, init?: RequestInit) => Promise<Response>
  /** Delivers messages of a topic in bulk, as daprd does. Returns the status of each. */
  deliver: (topic: Topic, messages: Message[], options?: { times?: number; from?: Position }) => Promise<string[]>
  /** The events in the outbox of a schema, in order. */
  outbox: (schema: string) => Promise<{ topic: string; key: string; event: CloudEvent<Record<string, unknown>> }[]>
}

/**
 * Starts a service on its own database and a free port, with its real routes. Its relay and loops do not run: tests
 * read the outbox and call `processDue`. `env` is added to its environment.
 */
export const startService = async <Config extends BaseConfig, Deps extends BaseDeps>(
  t: Pick<TestContext, 'after'>,
  service: ServiceName,
  { readConfig, createDeps, createApp }: ServiceModule<Config, Deps>,
  overrides: Partial<Deps> = {},
  options: { env?: Record<string, string>; database?: TestDatabase } = {},
): Promise<TestService<Deps>> => {
  const database = options.database ?? (await testDatabase(t))
  const appApiToken = randomBytes(16).toString('hex')
  const prefix = environmentPrefix(service)
  const config = readConfig({
    [`${prefix}_PORT`]: '0',
    [`${prefix}_DAPR_HTTP_PORT`]: '1',
    [`${prefix}_DATABASE_URL`]: database.urlFor(service),
    APP_API_TOKEN: appApiToken,
    DAPR_API_TOKEN: randomBytes(16).toString('hex'),
    DATABASE_POOL_SIZE: '5',
    ...options.env,
  })
  const log = createLog({ service, level: 'error' })
  log.silent = process.env.TEST_LOGS === undefined
  const deps = createDeps(config, { log, ...overrides })
  const app = createApp(deps)
  const port = await app.listen()
  t.after(() => app.stop())
  const url = `http://127.0.0.1:${port}`
  const asSidecar = (path: string, init: RequestInit = {}) =>
    fetch(url + path, {
      ...init,
      headers: {
        'dapr-api-token': appApiToken,
        'content-type': 'application/json',
        ...sidecarHeaders(service, path),
        ...init.headers,
      },
    })
  return {
    url,
    deps,
    app,
    database,
    asSidecar,
    deliver: async (topic, messages, { times = 1, from } = {}) => {
      let statuses: string[] = []
      for (let time = 0; time < times; time++) {
        const answer = await asSidecar(`/events/${topic}`, {
          method: 'POST',
          body: JSON.stringify(bulkDelivery(topic, messages, from)),
        })
        const body = (await answer.json()) as { statuses: { status: string }[] }
        statuses = body.statuses.map((each) => each.status)
      }
      return statuses
    },
    outbox: async (schema) => {
      const { rows } = await database.pool.query(`SELECT topic, key, event FROM ${schema}.outbox ORDER BY id`)
      return rows.map((row) => ({ ...row, event: JSON.parse(row.event) }))
    },
  }
}

/** What daprd adds on its own to a delivery, and to its questions at start. */
const sidecarHeaders = (service: ServiceName, path: string): Record<string, string> => {
  if (path.startsWith('/events/')) return deliveryHeaders
  return path.startsWith('/dapr/') ? { 'dapr-app-id': service } : {}
}
