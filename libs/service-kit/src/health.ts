import { withTimeout } from './dapr-client.ts'
import type { BaseDeps } from './deps.ts'
import type { Readiness } from './http/health-routes.ts'
import type { Subscription } from './inbox/subscription.ts'
import type { Relay } from './outbox/relay.ts'

/** Probes wait 5 s for the answer: a hanging database must be reported before that. */
const databaseTimeout = 3_000

/** Checks what a service needs to work: database, sidecar with all subscriptions, and publishing. */
export const checkReadiness = async (
  { pool, sidecar }: Pick<BaseDeps, 'pool' | 'sidecar'>,
  subscriptions: Subscription[],
  relay: Pick<Relay, 'trouble'>,
  stopping: boolean,
): Promise<Readiness> => {
  const database = withTimeout(pool.query('SELECT 1'), databaseTimeout)
    .then(() => undefined)
    .catch((error) => `database: ${error.message}`)
  const [databaseProblem, sidecarProblem] = await Promise.all([
    database,
    sidecar.problemWith(subscriptions.map((each) => each.topic)),
  ])
  const checks = {
    database: databaseProblem ?? 'ok',
    sidecar: sidecarProblem ?? 'ok',
    publishing: relay.trouble() ?? 'ok',
    ...(stopping ? { shutdown: 'this service is shutting down' } : {}),
  }
  return { status: Object.values(checks).every((each) => each === 'ok') ? 'ok' : 'degraded', checks }
}
