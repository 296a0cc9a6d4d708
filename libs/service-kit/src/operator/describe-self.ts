import { hostname } from 'node:os'
import type { BaseDeps } from '../deps.ts'
import type { Readiness } from '../http/health-routes.ts'
import type { Breaker } from '../inbox/breaker.ts'
import { isIgnored } from '../inbox/handle-events.ts'
import type { Subscription } from '../inbox/subscription.ts'
import type { Metrics } from '../metrics.ts'
import type { Relay } from '../outbox/relay.ts'
import { version } from '../version.ts'

/** The state of this replica and its sidecar. */
export const describeSelf = async (
  { sidecar, metrics }: Pick<BaseDeps, 'sidecar' | 'metrics'>,
  subscriptions: Subscription[],
  relay: Pick<Relay, 'isActive'>,
  readiness: () => Promise<Readiness>,
  breaker: Pick<Breaker, 'list'>,
) => {
  const [ready, paused, metadata, flow] = await Promise.all([
    readiness(),
    breaker.list(),
    sidecar.metadata().catch(() => null),
    readFlow(metrics),
  ])
  return {
    ...ready,
    version,
    node: process.versions.node,
    // Counts are per process: to turn them into rates, a reader must know that it is still the same process.
    replica: `${hostname()}/${process.pid}`,
    started_at: new Date(Date.now() - process.uptime() * 1_000).toISOString(),
    uptime_seconds: Math.round(process.uptime()),
    publishes: relay.isActive(),
    takes: takenTypes(subscriptions),
    paused,
    flow,
    sidecar: metadata,
  }
}

/** The event types of each topic that this service handles. */
export const takenTypes = (subscriptions: Subscription[]): Record<string, string[]> =>
  Object.fromEntries(
    subscriptions.map(({ topic, handlers }) => [
      topic,
      Object.entries(handlers).flatMap(([type, handler]) => (isIgnored(handler) ? [] : [type])),
    ]),
  )

/** Events that this process has published and received since it started. */
const readFlow = async ({ eventsPublished, eventsTaken }: Metrics) => {
  const [published, taken] = await Promise.all([eventsPublished.get(), eventsTaken.get()])
  return {
    published: published.values.map(({ labels, value }) => ({ topic: labels.topic, count: value })),
    taken: taken.values.map(({ labels, value }) => ({ topic: labels.topic, outcome: labels.outcome, count: value })),
  }
}
