import { serviceNames } from '@taskflow/service-kit'
import type { Finding } from './findings.ts'
import type { KubernetesObject } from './render.ts'

/** Port of the sidecar's metrics, named by Dapr's injector. */
const ofSidecar = 'dapr-metrics'

/**
 * Checks that Prometheus scrapes every service and sidecar on existing ports. Overlays without monitoring have no
 * targets.
 */
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
    const scraped = ports('ServiceMonitor', 'endpoints', service?.metadata.labels ?? {})
    const has = (port: string) => service?.spec.ports.some((each: KubernetesObject) => each.name === port)
    return [
      ...(scraped.some(has)
        ? []
        : [{ object: `Service/${name}`, message: `no ServiceMonitor scrapes a port that it has` }]),
      ...(ports('PodMonitor', 'podMetricsEndpoints', pod?.metadata.labels ?? {}).includes(ofSidecar)
        ? []
        : [{ object: `Deployment/${name}`, message: `no PodMonitor scrapes the port ${ofSidecar} of its sidecar` }]),
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
