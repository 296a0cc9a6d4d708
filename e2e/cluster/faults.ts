import { setTimeout as delay } from 'node:timers/promises'
import { PartError } from '@taskflow/local-mesh'
import { serviceNames } from '@taskflow/service-kit'
import { eventuallyWithin } from '@taskflow/test-kit'
import type { Cluster } from './cluster.ts'
import { getObjects, kubectl } from './kubectl.ts'
import { underLoad } from './under-load.ts'

const deployments = serviceNames.map((name) => `deployment/${name}`)
const eventually = eventuallyWithin(120)
const timeout = ['--timeout', '300s']

const restartAll = () => kubectl(['rollout', 'restart', ...deployments])
const untilRolledOut = async (names: string[]) => {
  for (const name of names) await kubectl(['rollout', 'status', name, ...timeout])
}

/** Replaces all services at once, as a new version does: old pods stop when the new ones are ready. */
export const rollout = (cluster: Cluster): Promise<string> =>
  underLoad(cluster, async () => {
    await restartAll()
    await untilRolledOut(deployments)
  })

/** Evicts every pod, broker and database included, as draining the only node does; they start again. */
export const drain = (cluster: Cluster): Promise<string> =>
  underLoad(cluster, async () => {
    const all = await getObjects('statefulsets,deployments')
    const parts = all.flatMap(({ kind, metadata, status }) =>
      status.readyReplicas ? `${kind.toLowerCase()}/${metadata.name}` : [],
    )
    const pods = await getObjects('pods', '--field-selector', 'status.phase=Running')
    await Promise.all(pods.map(({ metadata }) => evict(metadata.name)))
    await untilGone(pods.map(({ metadata }) => metadata.uid))
    await untilRolledOut(parts)
  })

/** Not `kubectl wait --for delete`: the next pod of a StatefulSet has the same name. */
const untilGone = async (uids: string[]): Promise<void> => {
  const gone = async () => !(await getObjects('pods')).some(({ metadata }) => uids.includes(metadata.uid))
  await eventually('all pods are gone', gone)
}

/** As `kubectl drain` does: retries while a disruption budget refuses. */
const evict = async (name: string): Promise<void> => {
  const eviction = JSON.stringify({
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace: 'taskflow' },
  })
  for (let attempt = 1; ; attempt++) {
    try {
      await kubectl(
        ['create', '--raw', `/api/v1/namespaces/taskflow/pods/${name}/eviction`, '--filename', '-'],
        eviction,
      )
      return
    } catch (error) {
      if (attempt === 60) throw new PartError(`${name} could not be evicted`, { cause: error })
      await delay(2_000)
    }
  }
}

/** Stops the broker, replaces all services, and starts the broker last. */
export const brokerLast = (cluster: Cluster): Promise<string> =>
  underLoad(cluster, async () => {
    const bringBack = () => kubectl(['scale', 'statefulset/kafka', '--replicas', '1'])
    cluster.unfinished.add(bringBack)
    await kubectl(['scale', 'statefulset/kafka', '--replicas', '0'])
    await kubectl(['wait', '--for', 'delete', 'pod/kafka-0', ...timeout])
    await restartAll()
    await delay(20_000)
    await bringBack()
    cluster.unfinished.delete(bringBack)
    await untilRolledOut(['statefulset/kafka', ...deployments])
  })
