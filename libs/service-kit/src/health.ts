import { withTimeout } from './dapr-client.ts'
import type { SchemaGate } from './database/schema-gate.ts'
import type { BaseDeps } from './deps.ts'
import type { Readiness } from './http/health-routes.ts'
import type { Breaker } from './inbox/breaker.ts'
import type { Subscription } from './inbox/subscription.ts'
import type { Relay } from './outbox/relay.ts'

/** Probes wait 5 s for the answer: a hanging database must be reported before that. */
const databaseTimeout = 3_000
/** How long a check is valid for other requests, in ms. */
const validFor = 1_000

/**
 * Checks what a service needs to work: database, sidecar with all subscriptions, and publishing. Requests at the same
 * time and within a second share one check: anyone may ask, as often as they like.
 */
export const createReadiness = (
  { pool, sidecar }: Pick<BaseDeps, 'pool' | 'sidecar'>,
  subscriptions: Subscription[],
  relay: Pick<Relay, 'trouble'>,
  breaker: Pick<Breaker, 'list'>,
  gate: Pick<SchemaGate, 'problem'>,
  stuck: () => string | undefined,
  isStopping: () => boolean,
): (() => Promise<Readiness>) => {
  const checkParts = async () => {
    const database = withTimeout(pool.query('SELECT 1'), databaseTimeout)
      .then(() => undefined)
      .catch((error) => `database: ${error.message}`)
    const topics = subscriptions.map((each) => each.topic)
    const [databaseProblem, schemaProblem, sidecarProblem, paused] = await Promise.all([
      database,
      withTimeout(gate.problem(), databaseTimeout).catch(() => undefined),
      sidecar.problemWith(topics),
      withTimeout(breaker.list(), databaseTimeout).catch(() => []),
    ])
    const pauses = paused.map(
      ({ topic, paused_by, paused_at, reason }) =>
        `${topic} is paused by the ${paused_by} since ${paused_at}: ${reason}`,
    )
    return {
      database: stuck() ?? databaseProblem ?? 'ok',
      ...(schemaProblem ? { schema: schemaProblem } : {}),
      sidecar: sidecarProblem ?? 'ok',
      ...(pauses.length > 0 ? { subscriptions: pauses.join('; ') } : {}),
    }
  }
  const sharedCheck = shared(checkParts, validFor)
  return async () => {
    const checks = {
      ...(await sharedCheck()),
      publishing: relay.trouble() ?? 'ok',
      ...(isStopping() ? { shutdown: 'this service is shutting down' } : {}),
    }
    return { status: Object.values(checks).every((each) => each === 'ok') ? 'ok' : 'degraded', checks }
  }
}

/** Calls made while `work` runs, and within `milliseconds` after it has ended, share its result. */
const shared = <Result>(work: () => Promise<Result>, milliseconds: number): (() => Promise<Result>) => {
  let last: Promise<Result> | undefined
  let until = 0
  return () => {
    if (last && performance.now() < until) return last
    until = Number.POSITIVE_INFINITY
    last = work().finally(() => {
      until = performance.now() + milliseconds
    })
    return last
  }
}
