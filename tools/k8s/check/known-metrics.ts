import { type ServiceName, serviceNames } from '@taskflow/service-kit'
import { buildService } from './build-service.ts'

/** An exported metric with its labels and, if it is ours, the services that export it. */
export interface Metric {
  labels: Set<string>
  services?: Set<string>
}

/** Labels that the Prometheus Operator's targets add. */
const ofTarget = ['namespace', 'pod', 'container', 'endpoint', 'job', 'instance', 'service']

/** Third-party metrics in rules and dashboards, and where they are documented. */
const foreign: Record<string, { labels: string[]; source: string }> = {
  up: { labels: [], source: 'Prometheus itself, for every target' },
  ALERTS: { labels: ['alertname', 'alertstate', 'severity'], source: 'Prometheus itself' },
  kube_pod_container_status_restarts_total: {
    labels: ['uid'],
    source: 'kube-state-metrics: docs/metrics/workload/pod-metrics.md',
  },
  dapr_component_pubsub_egress_bulk_count: {
    labels: ['app_id', 'component', 'success', 'topic'],
    source: 'daprd: pkg/diagnostics/component_monitoring.go',
  },
  dapr_component_pubsub_ingress_bulk_count: {
    labels: ['app_id', 'topic'], // `component` and `process_status` are useless in 1.18.2
    source: 'daprd: pkg/diagnostics/component_monitoring.go',
  },
}

/** All metrics: of our services, built as they run but neither started nor connected, and third-party ones. */
export const knownMetrics = async (): Promise<Map<string, Metric>> => {
  const known = new Map<string, Metric>()
  for (const [name, { labels }] of Object.entries(foreign))
    known.set(name, { labels: new Set([...labels, ...ofTarget]) })
  for (const service of serviceNames) {
    for (const { name, type, labelNames } of await exported(service)) {
      const suffixes = type === 'histogram' ? ['_bucket', '_count', '_sum'] : ['']
      for (const suffix of suffixes) {
        const labels = [...labelNames, ...(suffix === '_bucket' ? ['le'] : []), ...ofTarget]
        const { services = new Set<string>() } = known.get(name + suffix) ?? {}
        known.set(name + suffix, { labels: new Set(labels), services: services.add(service) })
      }
    }
  }
  return known
}

interface Exported {
  name: string
  type: string
  labelNames: string[]
}

/** Metrics that a service registers with all features turned on. */
const exported = async (service: ServiceName): Promise<Exported[]> => {
  const { deps } = await buildService(service)
  return deps.metrics.registry.getMetricsAsArray() as unknown as Exported[]
}
