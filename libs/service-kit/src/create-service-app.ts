import type { Server } from 'node:http'
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import helmet from 'helmet'
import type { BaseDeps } from './deps.ts'
import { checkReadiness } from './health.ts'
import { type Endpoint, type Principal, readRequest } from './http/endpoint.ts'
import { refuseInvocation, requireSidecar } from './http/guard.ts'
import { Problem } from './http/problem.ts'
import { decodeDelivery } from './inbox/decode-delivery.ts'
import { createReceive } from './inbox/receive.ts'
import { createRetryLoop } from './inbox/retry-deferred.ts'
import type { Subscription } from './inbox/subscription.ts'
import type { Loop } from './loop.ts'
import { rootOrigin } from './origin.ts'
import { createRelay } from './outbox/relay.ts'
import { services } from './services.ts'
import { PUBSUB } from './sidecar.ts'

/** What makes a service: its events, its background work and its endpoints. */
export interface ServiceDefinition {
  deps: BaseDeps
  subscriptions: Subscription[]
  loops: Loop[]
  api: Endpoint[]
  /** Tells who makes a request. A service without it has no endpoints for users. */
  authenticate?: (authorization: string | undefined) => Promise<Principal>
}

/** A service, built and not yet running. */
export interface ServiceApp {
  name: string
  /** Every mounted route as `METHOD /path`. */
  routes: () => string[]
  /** Begins to listen. Resolves with the port (0 in the configuration: a free one). */
  listen: () => Promise<number>
  /** Begins the background work: relay and loops. */
  work: () => void
  /** Finishes what is in flight, publishes what is left in the outbox, closes everything. */
  stop: () => Promise<void>
  /** For tests: the loops, by name. */
  loops: Loop[]
}

/** Entries of a bulk delivery, and how long the sidecar waits for more: measured in docs/performance.md. */
const bulkSubscribe = { enabled: true, maxMessagesCount: 200, maxAwaitDurationMs: 5 }
/** A full bulk delivery of the largest events, in base64. */
const largestDelivery = '300mb'
const largestBody = '1mb'
const drainMs = 5_000

/**
 * Builds a service. This is the only place where an Express app is made, and the one list of subscriptions makes both
 * the answer of GET /dapr/subscribe and the POST routes: they cannot disagree, and no second app can swallow a route.
 */
export const createServiceApp = ({
  deps,
  subscriptions,
  loops: own,
  api,
  authenticate,
}: ServiceDefinition): ServiceApp => {
  const { config, log, metrics, sidecar, pool } = deps
  const { schema } = services[config.service]
  const isPublic = authenticate !== undefined
  let stopping = false

  const relay = createRelay({
    schema,
    databaseUrl: config.databaseUrl,
    sidecar,
    log,
    onPublished: (topic, count) => metrics.eventsPublished.inc({ topic }, count),
  })
  deps.wake.register(schema, relay)
  const receive = createReceive({
    schema,
    transaction: deps.transaction,
    log,
    onHandled: (topic, outcome, count) => metrics.eventsTaken.inc({ topic, outcome }, count),
  })
  const loops = [createRetryLoop({ ...deps, schema, subscriptions }), ...own]

  const app = express()
  app.disable('x-powered-by')
  app.use(helmet())

  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  app.get('/readyz', async (_request, response) => {
    const readiness = await checkReadiness(deps, subscriptions, relay, stopping)
    response.status(readiness.status === 'ok' ? 200 : 503).json(readiness)
  })
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })

  const fromSidecar: RequestHandler = ({ headers }, _response, next) => {
    requireSidecar(headers, config.appApiToken)
    refuseInvocation(headers)
    next()
  }
  app.get('/dapr/subscribe', fromSidecar, (_request, response) => {
    response.json(
      subscriptions.map(({ topic }) => ({
        pubsubname: PUBSUB,
        topic,
        route: routeOf(topic),
        metadata: { rawPayload: 'true' },
        bulkSubscribe,
      })),
    )
  })
  // daprd asks for the actor configuration of an app at start; this mesh has no actors.
  app.get('/dapr/config', fromSidecar, (_request, response) => {
    response.json({})
  })
  for (const subscription of subscriptions) {
    const body = express.json({ type: () => true, limit: largestDelivery, strict: false })
    app.post(routeOf(subscription.topic), fromSidecar, body, async (request, response) => {
      const { single, deliveries } = decodeDelivery(subscription.topic, request.body, request.headers)
      const status = await receive(subscription, deliveries)
      response.json(single ? { status } : { statuses: deliveries.map(({ entryId }) => ({ entryId, status })) })
    })
  }

  const parseBody = express.json({ limit: largestBody, type: ['application/json', 'application/*+json'] })
  for (const definition of api) {
    const guards: RequestHandler[] =
      definition.access === 'mesh' || !isPublic
        ? [({ headers }, _r, next) => next(requireSidecar(headers, config.appApiToken))]
        : []
    app[definition.method](
      definition.path,
      ...guards,
      timed(definition),
      parseBody,
      async (request: Request, response: Response) => {
        const user =
          definition.access === 'user' || definition.access === 'admin'
            ? await authenticate?.(request.headers.authorization)
            : undefined
        if (definition.access === 'admin' && user?.role !== 'admin') {
          throw new Problem('forbidden', 'this needs the admin role; npm run admin -- EMAIL grants it')
        }
        const hasBody =
          Number(request.headers['content-length'] ?? 0) > 0 || request.headers['transfer-encoding'] !== undefined
        if (definition.body && hasBody && !request.is(['application/json', 'application/*+json'])) {
          throw new Problem('unsupported-media-type', 'send the body as application/json')
        }
        const parts = readRequest(definition, { ...partsOf(request), hasBody })
        const origin = rootOrigin({
          ...one('correlationid', request.headers['x-correlation-id']),
          ...one('traceparent', request.headers.traceparent),
        })
        response.set('x-correlation-id', origin.correlationid)
        const answer = await definition.handle({ ...parts, user, headers: request.headers, origin } as never)
        response.status(answer.status).set(answer.headers ?? {})
        if (answer.body === undefined) response.end()
        else response.json(answer.body)
      },
    )
  }

  app.use((request: Request) => {
    if (!isPublic) requireSidecar(request.headers, config.appApiToken)
    throw new Problem('not-found', `there is nothing at ${request.method} ${request.path}`)
  })
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const problem = problemOf(error)
    if (problem.status >= 500) log.error('a request failed', { path: request.path, error: problem.cause ?? error })
    if (response.headersSent) return void response.destroy()
    response
      .status(problem.status)
      .set(problem.headers)
      .type('application/problem+json')
      .send(JSON.stringify(problem.body()))
  })

  function timed(definition: Endpoint): RequestHandler {
    return (_request, response, next) => {
      const end = metrics.requestDuration.startTimer({ method: definition.method, route: definition.path })
      response.on('finish', () => end({ status: response.statusCode }))
      next()
    }
  }

  let server: Server | undefined
  return {
    name: config.service,
    loops,
    routes: () => routesOf(app),
    listen: async () => {
      const listening = Promise.withResolvers<void>()
      server = app.listen(config.port, config.host, (error) => (error ? listening.reject(error) : listening.resolve()))
      // The sidecar keeps its connections: closing them between two deliveries would look like a failure to it.
      server.keepAliveTimeout = 65_000
      await listening.promise
      const address = server.address()
      return typeof address === 'object' && address ? address.port : config.port
    },
    work: () => {
      relay.start()
      for (const loop of loops) loop.start()
    },
    stop: async () => {
      stopping = true
      await Promise.all(loops.map((loop) => loop.stop()))
      const closed = Promise.withResolvers<void>()
      if (server?.listening) server.close(() => closed.resolve())
      else closed.resolve()
      server?.closeIdleConnections()
      await closed.promise
      await relay.stop(drainMs)
      await sidecar.close()
      await pool.end()
    },
  }
}

const routeOf = (topic: string) => `/events/${topic}`

const partsOf = ({ params, query, body }: Request) => ({ params, query, body })

const one = <Name extends string>(name: Name, value: string | string[] | undefined): { [N in Name]?: string } =>
  typeof value === 'string' && value.length <= 200 ? ({ [name]: value } as { [N in Name]: string }) : {}

/** What the caller is told: a Problem as it is, errors of body parsing by name, and nothing about anything else. */
const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  const type = error instanceof Error && 'type' in error ? error.type : undefined
  if (type === 'entity.parse.failed') return new Problem('not-json', 'the body is not valid JSON', { cause: error })
  if (type === 'entity.too.large')
    return new Problem('too-large', `the body is larger than ${largestBody}`, { cause: error })
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new Problem('unsupported-media-type', 'send the body as UTF-8 JSON, plain or gzip', { cause: error })
  }
  if (error instanceof URIError || type === 'request.aborted' || type === 'request.size.invalid') {
    return new Problem('not-json', 'the request is malformed', { cause: error })
  }
  return new Problem('internal', 'something went wrong on our side; try again, and report it if it stays', {
    cause: error,
  })
}

const routesOf = (app: express.Express): string[] =>
  (app.router.stack as unknown as { route?: { path: string; methods: Record<string, boolean> } }[]).flatMap(
    ({ route }) => (route ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`) : []),
  )
