import { type Finding, nameOf } from './findings.ts'
import type { KubernetesObject } from './render.ts'

/**
 * What neither schemas nor kube-score check: references that do not resolve within an overlay, and the default checks
 * of kube-linter that kube-score lacks.
 */
export const checkObjects = (objects: KubernetesObject[]): Finding[] => {
  const found: Finding[] = []
  const kinds = Map.groupBy(objects, ({ kind }) => kind as string)
  const named = (kind: string, name: string) => kinds.get(kind)?.find(({ metadata }) => metadata.name === name)

  for (const object of objects) {
    const say = (check: string, message: string) => found.push({ check, object: nameOf(object), message })
    const { kind, spec } = object
    const pod = spec?.template?.spec
    if (pod && kind !== 'Kafka' && kind !== 'KafkaNodePool') {
      const account = pod.serviceAccountName
      if (account && !named('ServiceAccount', account))
        say('service-account', `the ServiceAccount ${account} does not exist`)
      if (pod.hostNetwork || pod.hostPID || pod.hostIPC) say('host', 'a pod must not use namespaces of the node')
      if (pod.volumes?.some((volume: KubernetesObject) => volume.hostPath))
        say('host', 'a pod must not mount files of the node')
      if (pod.securityContext?.runAsNonRoot !== true) say('run-as-non-root', 'runAsNonRoot is not true')
      const all = [...(pod.initContainers ?? []), ...pod.containers]
      for (const container of all) checkContainer(container, pod, say)
    }
    if (kind === 'Job' && !spec.ttlSecondsAfterFinished) say('job-ttl', 'a finished Job would stay forever')
    if (kind === 'Service' && spec.selector && !podsOf(kinds, spec.selector)) say('dangling-service', 'selects no pod')
    if (kind === 'PodDisruptionBudget' && !podsOf(kinds, spec.selector.matchLabels))
      say('dangling-pdb', 'selects no pod')
    if (kind === 'PodDisruptionBudget' && spec.unhealthyPodEvictionPolicy !== 'AlwaysAllow') {
      say('pdb-unhealthy', 'a broken pod would block the drain of its node')
    }
    if (kind === 'Service' && spec.selector) {
      for (const { name, targetPort } of spec.ports) {
        const pods = podsOf(kinds, spec.selector) ?? []
        if (!pods.some((each) => portNames(each.spec.template.spec).includes(targetPort))) {
          say('target-port', `port ${name} leads to ${targetPort}, which no container has`)
        }
      }
    }
    if (kind === 'Secret')
      say('secret', 'Secrets come from a Job, a secret store or ignored files, never from a manifest')
  }
  return found

  function checkContainer(
    container: KubernetesObject,
    pod: KubernetesObject,
    say: (check: string, message: string) => void,
  ) {
    const { name, image = '', env = [], envFrom = [], securityContext = {} } = container
    const about = (text: string) => `container ${name}: ${text}`
    if (!/@sha256:[0-9a-f]{64}$|:\d[\w.-]*$/.test(image)) say('image-version', about(`${image} has no version`))
    if (securityContext.allowPrivilegeEscalation !== false) say('privileges', about('may gain privileges'))
    if (!securityContext.capabilities?.drop?.includes('ALL')) say('capabilities', about('keeps capabilities'))
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      const port = container[probe]?.httpGet?.port ?? container[probe]?.tcpSocket?.port
      if (port && !container.ports?.some((each: KubernetesObject) => each.name === port)) {
        say('probe-port', about(`${probe} uses port ${port}, which does not exist`))
      }
    }
    for (const { configMapRef } of envFrom) {
      if (!named('ConfigMap', configMapRef.name))
        say('config', about(`the ConfigMap ${configMapRef.name} does not exist`))
    }
    const before = new Set<string>()
    for (const { name: variable, value, valueFrom } of env) {
      for (const [, used] of String(value ?? '').matchAll(/\$\((\w+)\)/g)) {
        if (!before.has(used!)) say('env-order', about(`${variable} uses ${used}, which is not set before it`))
      }
      if (value && !value.includes('$(') && /PASSWORD|SECRET|TOKEN|_KEY$/.test(variable)) {
        say('env-secret', about(`${variable} is in plain text`))
      }
      const config = valueFrom?.configMapKeyRef
      if (config && named('ConfigMap', config.name)?.data?.[config.key] === undefined) {
        say('config', about(`the ConfigMap ${config.name} has no ${config.key}`))
      }
      before.add(variable)
    }
    for (const text of [...(container.args ?? []), ...(container.command ?? [])]) {
      for (const [, used] of text.matchAll(/\$\((\w+)\)/g)) {
        if (!before.has(used!)) say('env-order', about(`an argument uses ${used}, which is not set`))
      }
    }
    for (const { name: volume } of container.volumeMounts ?? []) {
      const inPod = pod.volumes?.some((each: KubernetesObject) => each.name === volume)
      const claimed = objects.some(({ spec }) =>
        spec?.volumeClaimTemplates?.some((each: KubernetesObject) => each.metadata.name === volume),
      )
      if (!inPod && !claimed) say('volume', about(`mounts ${volume}, which does not exist`))
    }
  }
}

type Kinds = Map<string, KubernetesObject[]>

/** Workloads whose pods have these labels; undefined when none do. */
const podsOf = (kinds: Kinds, selector: Record<string, string>): KubernetesObject[] | undefined => {
  const workloads = ['Deployment', 'StatefulSet', 'Job'].flatMap((kind) => kinds.get(kind) ?? [])
  const found = workloads.filter(({ spec }) =>
    Object.entries(selector).every(([key, value]) => spec.template.metadata.labels[key] === value),
  )
  return found.length > 0 ? found : undefined
}

const portNames = (pod: KubernetesObject): string[] =>
  pod.containers.flatMap(({ ports = [] }: KubernetesObject) => ports.map(({ name }: KubernetesObject) => name))
