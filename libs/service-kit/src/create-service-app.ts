import type { Server } from 'node:http'
import express, { type Request, type RequestHandler } from 'express'
import helmet from 'helmet'
import { watchPool } from './database/pool-watch.ts'
import { createSchemaGate, type SchemaVersion } from './database/schema-gate.ts'
import type { BaseDeps } from './deps.ts'
import { createReadiness } from './health.ts'
import type { AccessControl } from './http/access-control.ts'
import { answerProblem } from './http/answer-problem.ts'
import { type ConnectionTimeouts, closeServer, createHttpServer, disableSocketTimeout } from './http/connections.ts'
import type { Endpoint } from './http/endpoint.ts'
import { refuseInvocation, requireSidecar } from './http/guard.ts'
import { mountHealth } from './http/health-routes.ts'
import { createHostCheck, type HostNames } from './http/host-check.ts'
import { mountEndpoints } from './http/mount-endpoints.ts'
import { setOrigin } from './http/origin-headers.ts'
import { answerPage, type Pages } from './http/pages.ts'
import { Problem } from './http/problem.ts'
import { mountProtocol, type ProtocolRoutes } from './http/protocol-routes.ts'
import { readQuery } from './http/read-query.ts'
import { createBreaker } from './inbox/breaker.ts'
import { decodeDelivery } from './inbox/decode-delivery.ts'
import { createPauses } from './inbox/pauses.ts'
import { createPruneLoop } from './inbox/prune.ts'
import { createReceive } from './inbox/receive.ts'
import { createRetryLoop } from './inbox/retry-deferred.ts'
import type { Subscription } from './inbox/subscription.ts'
import type { Log } from './log.ts'
import { createLogLevelLoop } from './log-level.ts'
import type { Loop } from './loop.ts'
import { operatorEndpoints } from './operator/endpoints.ts'
import { registerStateGauges } from './operator/gauges.ts'
import { createRelay } from './outbox/relay.ts'
import { services } from './services.ts'
import { pubsubName } from './sidecar.ts'
import { createSidecarWatch } from './sidecar-watch.ts'

/** A service: its events, its background work and its endpoints. */
export interface ServiceDefinition {
  deps: BaseDeps
  subscriptions: Subscription[]
  loops: Loop[]
  api: Endpoint[]
  /** Without it, a service has no endpoints for users. */
  accessControl?: AccessControl
  /** Routes of a protocol that a library serves. */
  protocol?: ProtocolRoutes
  /** Web pages, at paths that no endpoint has. */
  pages?: Pages
  /** Names that endpoints and pages answer to. Without it, any. */
  hosts?: Omit<HostNames, 'service'>
  /** The newest migration of this release: the service waits for it. */
  schemaVersion?: SchemaVersion
  /** For tests: shorter timeouts of connections. */
  timeouts?: Partial<ConnectionTimeouts>
}

/** A service that is built and not yet running. */
export interface ServiceApp {
  name: string
  log: Log
  /** Every mounted route as `METHOD /path`. */
  routes: () => string[]
  /** Starts to listen. Resolves with the port; port 0 in the configuration means a free one. */
  listen: () => Promise<number>
  /** Starts the background work: relay and loops. */
  work: () => void
  /** Finishes requests and handlers in flight, publishes what is left in the outbox, closes all connections. */
  stop: () => Promise<void>
  /** For tests: the loops, by name. */
  loops: Loop[]
}

/**
 * Entries of a bulk delivery, and how long the sidecar waits for more
 * (docs/decisions/0005-consumers-collect-for-a-while.md).
 */
const bulkSubscribe = { enabled: true, maxMessagesCount: 500, maxAwaitDurationMs: 20 }
/** A full bulk delivery of the largest events, in base64. */
const maxDelivery = '300mb'
const drainMs = 5_000

/** For what is not a page; pages bring their own. */
const answerPolicy = { 'base-uri': ["'none'"], 'frame-ancestors': ["'none'"] }

/**
 * Builds a service. This is the only place that creates an Express app, and GET /dapr/subscribe and the POST routes
 * both come from the one list of subscriptions: they cannot disagree, and no second app can swallow a route.
 */
export const createServiceApp = ({
  deps,
  subscriptions,
  loops: own,
  api,
  accessControl,
  protocol,
  pages,
  hosts,
  timeouts,
  schemaVersion,
}: ServiceDefinition): ServiceApp => {
  const { config, log, metrics, sidecar, pool } = deps
  const { schema } = services[config.service]
  const isPublic = accessControl !== undefined
  let stopping = false
  const stop = new AbortController()

  const relay = createRelay({
    schema,
    databaseUrl: config.databaseUrl,
    sidecar,
    log,
    metrics,
    tracing: deps.tracing,
    hasPendingRequests: () => pendingRequests() > 0,
  })
  deps.wake.register(schema, relay)
  const gate = createSchemaGate({ pool, log, needs: schemaVersion })
  const stuck = watchPool(pool, deps.clock)
  const pauses = createPauses(pool, schema)
  const breaker = createBreaker({ ...deps, pauses })
  const receive = createReceive({ ...deps, service: config.service, schema, breaker, gate })
  const retry = createRetryLoop({ ...deps, schema, subscriptions, breaker })
  const topics = subscriptions.map((each) => each.topic)
  const loops = [
    retry,
    createPruneLoop({ pool, schema, log }),
    createLogLevelLoop(deps),
    ...(topics.length > 0 ? [createSidecarWatch({ ...deps, topics })] : []),
    ...own,
  ]

  const readiness = createReadiness(deps, subscriptions, relay, breaker, gate, stuck, () => stopping)
  registerStateGauges(deps, relay, readiness, topics, breaker)

  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', accessControl?.trustedProxies ?? 0)
  app.set('query parser', readQuery)
  app.use(helmet({ contentSecurityPolicy: { directives: answerPolicy } }), setOrigin(deps.tracing, config.appApiToken))
  app.use((_request, response, next) => {
    // Clients would keep sending on open connections, and a stopping service would never finish.
    if (stopping) response.set('connection', 'close')
    next()
  })

  mountHealth(app, { readiness, stuck, metrics, accessControl })

  const fromSidecar =
    (sign: { name: string; value?: string }): RequestHandler =>
    ({ headers, socket }, _response, next) => {
      requireSidecar(headers, config.appApiToken)
      refuseInvocation(headers, sign)
      // A batch takes as long as its handlers. Cut off, it would be delivered again while they still run.
      disableSocketTimeout(socket)
      next()
    }
  const atStart = fromSidecar({ name: 'dapr-app-id' })
  const delivery = fromSidecar({ name: 'pubsubname', value: pubsubName })
  app.get('/dapr/subscribe', atStart, (_request, response) => {
    response.json(
      subscriptions.map(({ topic }) => ({
        pubsubname: pubsubName,
        topic,
        route: routeOf(topic),
        metadata: { rawPayload: 'true' },
        bulkSubscribe,
      })),
    )
  })
  // The sidecar reads the actor configuration at start; TaskFlow has no actors.
  app.get('/dapr/config', atStart, (_request, response) => {
    response.json({})
  })
  for (const subscription of subscriptions) {
    const body = express.json({ type: () => true, limit: maxDelivery, strict: false })
    app.post(routeOf(subscription.topic), delivery, body, async (request, response) => {
      const { single, deliveries } = decodeDelivery(subscription.topic, request.body, request.headers)
      const status = await receive(subscription, deliveries)
      response.json(single ? { status } : { statuses: deliveries.map(({ entryId }) => ({ entryId, status })) })
    })
  }

  app.use(async ({ path }: Request, _response, next) => {
    if (isApi(path) && (await gate.problem()))
      throw new Problem('service-unavailable', 'the database is being upgraded; try again shortly')
    next()
  })
  if (hosts) {
    const checkHost = createHostCheck({ service: config.service, ...hosts })
    app.use(({ headers }: Request, _response, next) => {
      checkHost(headers.host)
      next()
    })
  }
  if (protocol) mountProtocol(app, protocol, { log, metrics })
  const endpoints = [...operatorEndpoints(deps, subscriptions, relay, retry, pauses, breaker, readiness), ...api]
  const pendingRequests = mountEndpoints(app, endpoints, {
    service: config.service,
    appApiToken: config.appApiToken,
    accessControl,
    log,
    metrics,
  })
  if (pages) app.use(answerPage(pages))
  app.use((request: Request) => {
    if (!isPublic) requireSidecar(request.headers, config.appApiToken)
    throw new Problem('not-found', 'there is nothing at this address')
  })
  app.use(answerProblem(log))

  let server: Server | undefined
  return {
    name: config.service,
    log,
    loops,
    routes: () => routesOf(app),
    listen: async () => {
      const listening = Promise.withResolvers<void>()
      server = createHttpServer(app, timeouts)
      server.once('error', listening.reject).listen(config.port, config.host, listening.resolve)
      await listening.promise
      const address = server.address()
      return typeof address === 'object' && address ? address.port : config.port
    },
    work: () => {
      void gate.opened(stop.signal).then(() => {
        relay.start()
        for (const loop of loops) loop.start()
      })
    },
    stop: async () => {
      stopping = true
      stop.abort()
      await Promise.all(loops.map((loop) => loop.stop()))
      if (server?.listening) await closeServer(server)
      await relay.stop(drainMs)
      await sidecar.close()
      await pool.end()
      await deps.tracing.stop()
    },
  }
}

/** Pages and what they load need no database. */
const isApi = (path: string) => /^\/(api|mcp|oauth|operator)\b/.test(path)

const routeOf = (topic: string) => `/events/${topic}`

const routesOf = (app: express.Express): string[] =>
  (app.router.stack as unknown as { route?: { path: string; methods: Record<string, boolean> } }[]).flatMap(
    ({ route }) =>
      Object.keys(route?.methods ?? {})
        .filter((method) => method !== '_all')
        .map((method) => `${method.toUpperCase()} ${route!.path}`),
  )
