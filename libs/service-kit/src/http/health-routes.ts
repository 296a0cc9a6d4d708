import type { Express } from 'express'
import type { Metrics } from '../metrics.ts'
import type { AccessControl } from './access-control.ts'

/** `checks` holds "ok" or the problem of each part. */
export interface Readiness {
  status: 'ok' | 'degraded'
  checks: Record<string, string>
}

/** Routes for operators: liveness, readiness and metrics. */
export const mountHealth = (
  app: Express,
  {
    readiness,
    metrics: { registry },
    accessControl,
  }: {
    readiness: () => Promise<Readiness>
    metrics: Pick<Metrics, 'registry'>
    accessControl: AccessControl | undefined
  },
): void => {
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  app.get('/readyz', async (_request, response) => {
    const state = await readiness()
    response.status(state.status === 'ok' ? 200 : 503).json(state)
  })
  // For load balancers: requests are answered without sidecar and broker; their events wait in the outbox.
  app.get('/readyz/requests', async (_request, response) => {
    const { checks } = await readiness()
    const ok = checks.database === 'ok' && checks.shutdown === undefined
    response.status(ok ? 200 : 503).json({ status: ok ? 'ok' : 'degraded', checks })
  })
  app.get('/metrics', async ({ headers }, response, next) => {
    // Requests through the proxies come from outside: metrics are not public.
    if (accessControl?.trustedProxies && headers['x-forwarded-for']) return next()
    response.type(registry.contentType).send(await registry.metrics())
  })
}
