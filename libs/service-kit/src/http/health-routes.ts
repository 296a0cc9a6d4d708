import type { Express } from 'express'
import type { Readiness } from '../health.ts'
import type { Metrics } from '../metrics.ts'
import type { AccessControl } from './access-control.ts'

/** What those ask who run a service: is it alive, is it ready, what does it count? */
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
  // For whoever spreads people's requests over replicas: they are answered without sidecar and broker, their events wait.
  app.get('/readyz/requests', async (_request, response) => {
    const { checks } = await readiness()
    const ok = checks.database === 'ok' && checks.shutdown === undefined
    response.status(ok ? 200 : 503).json({ status: ok ? 'ok' : 'degraded', checks })
  })
  app.get('/metrics', async ({ headers }, response, next) => {
    // What comes through the proxies comes from outside, where counts are nobody's business.
    if (accessControl?.trustedProxies && headers['x-forwarded-for']) return next()
    response.type(registry.contentType).send(await registry.metrics())
  })
}
