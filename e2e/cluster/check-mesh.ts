import { PartError } from '@taskflow/local-mesh'
import { serviceNames } from '@taskflow/service-kit'
import { eventuallyWithin } from '@taskflow/test-kit'
import { withClient } from '../faults/checks.ts'
import { consumers } from '../faults/consumers.ts'
import type { Cluster } from './cluster.ts'
import { getObjects } from './kubectl.ts'
import { makePerson } from './people.ts'

const eventually = eventuallyWithin(60)

interface Mesh {
  services: Record<string, { status: string; checks?: Record<string, string>; sidecar?: Sidecar | null }>
  unreachable: string[]
}
interface Sidecar {
  runtimeVersion: string
  components: { name: string; type: string }[]
  subscriptions: { topic: string }[]
}

/** Dapr lists the five services, each sidecar has its components and subscriptions, and chat-api can invoke all. */
export const checkMesh = async (cluster: Cluster): Promise<string> => {
  const listed = (await getObjects('pods')).flatMap(({ metadata, spec }) =>
    spec.containers.some(({ name }: { name: string }) => name === 'daprd')
      ? metadata.annotations['dapr.io/app-id']
      : [],
  )
  const unlisted = serviceNames.filter((name) => !listed.includes(name))
  if (unlisted.length > 0) throw new PartError(`Dapr does not list ${unlisted.join(', ')}`)

  const admin = await makePerson(cluster, 'admin')
  await withClient(cluster.databaseUrl, (client) =>
    client.query(`UPDATE identity.users SET role = 'admin' WHERE email = $1`, [admin.email]),
  )
  const { services } = await eventually('chat-api reaches all services', async () => {
    const mesh = (await admin.send('GET', '/admin/mesh').catch(() => undefined)) as Mesh | undefined
    return mesh?.unreachable.length === 0 && mesh
  })
  for (const name of serviceNames) {
    const { status, checks, sidecar } = services[name]!
    if (status !== 'ok') throw new PartError(`${name} is ${status}: ${JSON.stringify(checks)}`)
    const expected = new Set(consumers.filter(({ service }) => service === name).map(({ topic }) => topic))
    const subscribed = new Set(sidecar?.subscriptions.map(({ topic }) => topic))
    const absent = [...expected].filter((topic) => !subscribed.has(topic))
    if (absent.length > 0) throw new PartError(`${name} has not subscribed to ${absent.join(', ')}`)
  }
  const types = new Set(Object.values(services).flatMap(({ sidecar }) => sidecar?.components.map(({ type }) => type)))
  for (const type of ['pubsub.kafka', 'state.redis']) {
    if (!types.has(type)) throw new PartError(`no sidecar has loaded a component ${type}`)
  }
  const subscriptions = serviceNames.map((name) => services[name]!.sidecar?.subscriptions.length ?? 0)
  return `${serviceNames.length} apps, ${subscriptions.reduce((a, b) => a + b, 0)} subscriptions, ${[...types].join(', ')}, daprd ${services['chat-api']!.sidecar?.runtimeVersion}`
}
