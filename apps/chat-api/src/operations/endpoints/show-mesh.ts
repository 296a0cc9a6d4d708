import { type Topic, topics } from '@taskflow/event-contracts'
import { type BaseDeps, endpoint, serviceNames } from '@taskflow/service-kit'
import { z } from 'zod'
import { askServices } from '../ask-services.ts'
import { pausedSubscription } from './pause-subscription.ts'

const self = z
  .object({
    status: z.enum(['ok', 'degraded']),
    checks: z.record(z.string(), z.string()).meta({ description: 'what is wrong with each part, or "ok"' }),
    version: z.string(),
    node: z.string(),
    replica: z.string().meta({ description: 'which process answered: only counts of the same one make rates' }),
    started_at: z.string(),
    uptime_seconds: z.int(),
    publishes: z.boolean().meta({ description: 'whether this replica publishes the events of its outbox' }),
    takes: z.record(z.string(), z.array(z.string())).meta({ description: 'types of each topic that it handles' }),
    paused: z.array(pausedSubscription).meta({ description: 'subscriptions whose events wait in Kafka' }),
    flow: z
      .object({
        published: z.array(z.object({ topic: z.string(), count: z.int() })),
        taken: z.array(z.object({ topic: z.string(), outcome: z.string(), count: z.int() })),
      })
      .meta({ description: 'counts since the process started' }),
    sidecar: z
      .object({
        id: z.string(),
        runtimeVersion: z.string(),
        components: z.array(z.object({ name: z.string(), type: z.string(), version: z.string() })),
        subscriptions: z.array(z.object({ pubsubname: z.string(), topic: z.string() })),
      })
      .nullable(),
  })
  .meta({ id: 'ServiceState' })
type Self = z.infer<typeof self>

const away = z.object({ status: z.literal('unreachable'), reason: z.string() }).meta({ id: 'UnreachableService' })

export const component = z
  .object({
    name: z.string(),
    type: z.string(),
    version: z.string(),
    services: z.array(z.string()).meta({ description: 'whose sidecar has loaded it, which is what its scopes allow' }),
  })
  .meta({ id: 'MeshComponent' })

export const topic = z
  .object({
    name: z.string(),
    key: z.string(),
    partitions: z.int(),
    retention_days: z.int(),
    types: z.array(z.string()),
    subscribers: z.array(z.string()).meta({ description: 'whose sidecar has subscribed to it' }),
    publishers: z.array(z.string()).meta({ description: 'who has published on it since its start' }),
  })
  .meta({ id: 'MeshTopic' })

const mesh = z
  .object({
    measured_at: z.string(),
    services: z.record(z.string(), z.union([self, away])),
    components: z.array(component),
    topics: z.array(topic),
    unreachable: z.array(z.string()),
  })
  .meta({ id: 'Mesh' })

/** Milliseconds: a service that hangs does not keep the page waiting for longer than two seconds. */
const timeout = 1_800

/**
 * Services, their sidecars, components and subscriptions, and why one is degraded or away. Of several replicas one
 * answers. A sidecar does not report which topics its app may publish on (publishingScopes): shown is who has done so.
 */
export const showMesh = ({ sidecar, clock }: Pick<BaseDeps, 'sidecar' | 'clock'>) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/mesh',
    summary: 'Services and sidecars: versions, components, subscriptions, health, what flows',
    access: 'admin',
    isWatched: true,
    answers: { 200: mesh },
    handle: async ({ origin }) => {
      const answered = await askServices<Self>(sidecar, serviceNames, 'operator/self', origin, timeout)
      const { answers, reasons, unreachable } = answered
      const services = Object.fromEntries(
        serviceNames.map((name) => [name, answers[name] ?? { status: 'unreachable', reason: reasons[name] }]),
      )
      return {
        status: 200,
        body: {
          measured_at: clock.now().toString(),
          services,
          components: componentsOf(answers),
          topics: (Object.keys(topics) as Topic[]).map((name) => topicOf(name, answers)),
          unreachable,
        },
      }
    },
  })

const componentsOf = (answers: { [service: string]: Self }): z.infer<typeof component>[] => {
  const found = new Map<string, z.infer<typeof component>>()
  for (const [service, { sidecar }] of Object.entries(answers)) {
    for (const { name, type, version } of sidecar?.components ?? []) {
      const known = found.get(name) ?? { name, type, version, services: [] }
      found.set(name, { ...known, services: [...known.services, service] })
    }
  }
  return [...found.values()]
}

const topicOf = (name: Topic, answers: { [service: string]: Self }): z.infer<typeof topic> => {
  const { key, partitions, retentionDays: retention_days, events } = topics[name]
  const who = (does: (self: Self) => boolean) =>
    Object.entries(answers).flatMap(([service, self]) => (does(self) ? [service] : []))
  return {
    name,
    key,
    partitions,
    retention_days,
    types: events.map(({ type }) => type),
    subscribers: who(({ sidecar }) => sidecar?.subscriptions.some((each) => each.topic === name) ?? false),
    publishers: who(({ flow }) => flow.published.some((each) => each.topic === name && each.count > 0)),
  }
}
