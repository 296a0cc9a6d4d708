import { setTimeout as delay } from 'node:timers/promises'
import { PartError } from '@taskflow/local-mesh'
import { serviceNames } from '@taskflow/service-kit'
import type { KubernetesObject } from './kubectl.ts'
import { getObjects } from './kubectl.ts'

const nameOf = ({ metadata }: KubernetesObject): string => metadata.labels?.['app.kubernetes.io/name'] ?? metadata.name
const isOver = ({ metadata, status }: KubernetesObject): boolean =>
  status.phase === 'Succeeded' || metadata.deletionTimestamp !== undefined

/** For observation only; nothing depends on it. */
const isOptional = (pod: KubernetesObject): boolean => nameOf(pod) === 'jaeger'

/** Images that cannot be pulled: waiting does not help. */
const withoutImage = /^(ErrImage|ImagePullBackOff|InvalidImageName)/

/** Problems of the pods; none when every service has its two containers and every container is ready. */
export const problemsOf = (pods: KubernetesObject[]): { message: string; isFinal: boolean }[] => {
  const living = pods.filter((pod) => !isOver(pod) && !isOptional(pod))
  const missing = serviceNames.filter((name) => !living.some((pod) => nameOf(pod) === name))
  const found = living.flatMap((pod) => {
    const name = nameOf(pod)
    const containers: KubernetesObject[] = pod.status.containerStatuses ?? []
    const isAlone = (serviceNames as string[]).includes(name) && !containers.some((each) => each.name === 'daprd')
    if (isAlone && containers.length > 0) return [{ message: `${name} has no sidecar`, isFinal: true }]
    if (containers.length > 0 && containers.every(({ ready }) => ready)) return []
    const statuses = [...(pod.status.initContainerStatuses ?? []), ...containers]
    const reasons = statuses.flatMap(({ state }) => state?.waiting?.reason ?? [])
    const message = `${name} is not ready${reasons.length > 0 ? ` (${[...new Set(reasons)].join(', ')})` : ''}`
    return [{ message, isFinal: reasons.some((reason) => withoutImage.test(reason)) }]
  })
  return [...missing.map((name) => ({ message: `${name} has no pod`, isFinal: false })), ...found]
}

/** Restarts of containers, in all pods. */
export const restartsOf = (pods: KubernetesObject[]): number => {
  const counts = pods.flatMap(({ status }) =>
    (status.containerStatuses ?? []).map(({ restartCount }: { restartCount: number }) => restartCount),
  )
  return counts.reduce((a, b) => a + b, 0)
}

export const countRestarts = async (): Promise<number> => restartsOf(await getObjects('pods'))

/** Resolves when all pods are ready and all Jobs are done. */
export const untilReady = async (seconds: number): Promise<string> => {
  const deadline = performance.now() + seconds * 1_000
  for (;;) {
    const [pods, jobs] = await Promise.all([getObjects('pods'), getObjects('jobs')])
    const problems = problemsOf(pods)
    const undone = jobs.filter(({ status }) => !status.succeeded).map(({ metadata }) => metadata.name)
    if (problems.length === 0 && undone.length === 0) {
      const services = pods.filter((pod) => !isOver(pod) && (serviceNames as string[]).includes(nameOf(pod)))
      const absent = pods.filter((pod) => isOptional(pod) && !pod.status.containerStatuses?.[0]?.ready).map(nameOf)
      return [
        `${services.length} pods of services 2/2, Jobs done, ${restartsOf(pods)} container restarts`,
        ...absent.map((name) => `${name} is missing, which nothing depends on`),
      ].join('; ')
    }
    const final = problems.find(({ isFinal }) => isFinal)
    if (final || performance.now() > deadline) {
      const message = [
        ...problems.map((each) => each.message),
        ...undone.map((name) => `Job ${name} is not done`),
      ].join('; ')
      throw new PartError(message, {
        fix: final
          ? 'npm run k8s:images, and Dapr in the cluster (dapr init -k), then kubectl delete the pod'
          : 'kubectl -n taskflow describe pods shows why',
      })
    }
    await delay(1_000)
  }
}
