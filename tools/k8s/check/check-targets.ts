import { serviceNames } from '@taskflow/service-kit'
import type { Finding } from './findings.ts'
import type { KubernetesObject } from './render.ts'

/** The port that Dapr's injector gives to the sidecar's metrics. */
const ofSidecar = 'dapr-metrics'

/** That Prometheus asks every service, and its sidecar, on ports that there are. An overlay without monitoring has no targets. */
export const checkTargets = (objects: KubernetesObject[]): Finding[] => {
  const named = (kind: string, name: string) =>
    objects.find((object) => object.kind === kind && object.metadata.name === name)
  const ports = (kind: string, endpoints: string, labels: Labels): string[] =>
    objects
      .filter((object) => object.kind === kind && selects(object.spec.selector, labels))
      .flatMap(({ spec }) => spec[endpoints].map(({ port }: KubernetesObject) => port))
  if (!objects.some(({ kind }) => kind === 'ServiceMonitor')) return []
  return serviceNames.flatMap((name) => {
    const service = named('Service', name)
    const pod = named('Deployment', name)?.spec.template
    const asked = ports('ServiceMonitor', 'endpoints', service?.metadata.labels ?? {})
    const has = (port: string) => service?.spec.ports.some((each: KubernetesObject) => each.name === port)
    return [
      ...(asked.some(has) ? [] : [{ object: `Service/${name}`, says: `no ServiceMonitor asks a port that it has` }]),
      ...(ports('PodMonitor', 'podMetricsEndpoints', pod?.metadata.labels ?? {}).includes(ofSidecar)
        ? []
        : [{ object: `Deployment/${name}`, says: `no PodMonitor asks its sidecar, which is ${ofSidecar}` }]),
    ].map((finding) => ({ check: 'targets', ...finding }))
  })
}

type Labels = Record<string, string>
interface Selector {
  matchLabels?: Labels
  matchExpressions?: { key: string; operator: string; values: string[] }[]
}

const selects = ({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(({ key, operator, values }) => operator === 'In' && values.includes(labels[key] ?? ''))
