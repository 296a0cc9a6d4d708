import type { IncomingHttpHeaders } from 'node:http'
import type { Express, Request, Response } from 'express'
import type { Metrics } from '../metrics.ts'
import type { AccessControl } from './access-control.ts'

/** `checks` holds "ok" or the problem of each part. */
export interface Readiness {
  status: 'ok' | 'degraded'
  checks: Record<string, string>
}

/**
 * Routes for operators: liveness, readiness and metrics. Only this machine learns what is wrong, such as through
 * `kubectl port-forward`; a load balancer needs the status alone.
 */
export const mountHealth = (
  app: Express,
  {
    readiness,
    stuck,
    metrics: { registry },
    accessControl,
  }: {
    readiness: () => Promise<Readiness>
    /** What only a restart ends; undefined when nothing is. */
    stuck: () => string | undefined
    metrics: Pick<Metrics, 'registry'>
    accessControl: AccessControl | undefined
  },
): void => {
  app.get('/healthz', (_request, response) => {
    const isStuck = stuck() !== undefined
    response.status(isStuck ? 503 : 200).json({ status: isStuck ? 'stuck' : 'ok' })
  })
  const answer = (request: Request, response: Response, isOk: boolean, checks: Readiness['checks']) => {
    const status = isOk ? 'ok' : 'degraded'
    response.status(isOk ? 200 : 503).json(isLocal(request) ? { status, checks } : { status })
  }
  app.get('/readyz', async (request, response) => {
    const { status, checks } = await readiness()
    answer(request, response, status === 'ok', checks)
  })
  // For load balancers: requests are answered without sidecar and broker; their events wait in the outbox.
  app.get('/readyz/requests', async (request, response) => {
    const { checks } = await readiness()
    const { database, schema, shutdown } = checks
    answer(request, response, database === 'ok' && schema === undefined && shutdown === undefined, checks)
  })
  app.get('/metrics', async ({ headers }, response, next) => {
    // Requests through a proxy come from outside: metrics are not public.
    if (accessControl && isForwarded(headers)) return next()
    response.type(registry.contentType).send(await registry.metrics())
  })
}

const isForwarded = (headers: IncomingHttpHeaders): boolean =>
  headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined

const isLocal = ({ headers, socket }: Request): boolean =>
  /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '') && !isForwarded(headers)
