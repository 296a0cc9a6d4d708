import type { Topic } from '@taskflow/event-contracts'
import type { BaseDeps } from '../deps.ts'
import type { Readiness } from '../http/health-routes.ts'
import type { Breaker } from '../inbox/breaker.ts'
import { registerGauges } from '../metrics.ts'
import type { Relay } from '../outbox/relay.ts'
import { services } from '../services.ts'
import { readHeldBack, readOutboxCounts } from './delivery-state.ts'

/** The state of a service as metrics. Replicas share outbox and inbox: each reports the same values. */
export const registerStateGauges = (
  { config, metrics, pool }: Pick<BaseDeps, 'config' | 'metrics' | 'pool'>,
  relay: Pick<Relay, 'isActive' | 'trouble'>,
  readiness: () => Promise<Readiness>,
  topics: Topic[],
  breaker: Pick<Breaker, 'list'>,
): void => {
  const { schema } = services[config.service]
  registerGauges(
    metrics,
    {
      taskflow_subscription_paused: {
        help: 'Whether a subscription is paused, by an operator or by the service itself: 0 or 1',
        labelNames: ['topic', 'by'],
      },
    },
    async () => {
      const paused = await breaker.list()
      const by = (topic: Topic, who: string) => paused.some((each) => each.topic === topic && each.paused_by === who)
      return {
        taskflow_subscription_paused: topics.flatMap((topic) =>
          ['operator', 'service'].map((who) => ({ labels: { topic, by: who }, value: Number(by(topic, who)) })),
        ),
      }
    },
  )
  registerGauges(
    metrics,
    {
      taskflow_outbox_oldest_age_seconds: { help: 'Age of the oldest event in the outbox, 0 when it is empty' },
      taskflow_inbox_events: { help: 'Events held back, by state: deferred, parked', labelNames: ['state'] },
    },
    async () => {
      const { waiting_age, deferred, parked } = await readHeldBack(pool, schema)
      return {
        taskflow_outbox_oldest_age_seconds: Math.max(0, waiting_age ?? 0),
        taskflow_inbox_events: [
          { labels: { state: 'deferred' }, value: deferred },
          { labels: { state: 'parked' }, value: parked },
        ],
      }
    },
  )
  registerGauges(
    metrics,
    {
      taskflow_outbox_events: { help: 'Events that wait in the outbox; an estimate beyond 100,000' },
      taskflow_outbox_rejected_events: { help: 'Events set aside because they cannot be published' },
    },
    async () => {
      const { waiting, rejected } = await readOutboxCounts(pool, schema)
      return { taskflow_outbox_events: waiting, taskflow_outbox_rejected_events: rejected }
    },
  )
  registerGauges(
    metrics,
    {
      taskflow_outbox_relay_active: { help: 'Whether this replica publishes; of all replicas one does' },
      taskflow_sidecar_up: { help: 'Whether the sidecar can publish and has subscribed to every topic' },
      taskflow_database_up: { help: 'Whether the database answers' },
      taskflow_database_connections: {
        help: 'Connections of the pool, by state: used, idle; and requests waiting for one: waiting',
        labelNames: ['state'],
      },
    },
    async () => {
      const { checks } = await readiness()
      return {
        taskflow_outbox_relay_active: Number(relay.isActive()),
        taskflow_sidecar_up: Number(checks.sidecar === 'ok'),
        taskflow_database_up: Number(checks.database === 'ok'),
        taskflow_database_connections: [
          { labels: { state: 'used' }, value: pool.totalCount - pool.idleCount },
          { labels: { state: 'idle' }, value: pool.idleCount },
          { labels: { state: 'waiting' }, value: pool.waitingCount },
        ],
      }
    },
  )
}
