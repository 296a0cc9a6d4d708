import type { KubernetesObject } from './render.ts'

export interface Sum {
  cpu: number
  memory: number
}

/**
 * CPU (millicores) and memory (bytes) of all pods together, with their sidecars and running Jobs. Init containers run
 * before the others, so the greater of both counts. Dapr's control plane is not included: its chart sets no requests or
 * limits.
 */
export const sumResources = (objects: KubernetesObject[], which: 'requests' | 'limits'): Sum => {
  const total = { cpu: 0, memory: 0 }
  for (const { kind, spec } of objects) {
    if (!['Deployment', 'StatefulSet', 'Job'].includes(kind)) continue
    const { metadata, spec: pod } = spec.template
    for (const what of ['cpu', 'memory'] as const) {
      const of = (containers: KubernetesObject[] = []) =>
        containers.map(({ resources }) => quantity(resources?.[which]?.[what] ?? '0', what))
      const running = of(pod.containers).reduce((a, b) => a + b, 0)
      const sidecar = metadata.annotations?.[`dapr.io/sidecar-${what}-${which.slice(0, -1)}`] ?? '0'
      total[what] += (spec.replicas ?? 1) * Math.max(running + quantity(sidecar, what), ...of(pod.initContainers))
    }
  }
  return total
}

const units: Record<keyof Sum, Record<string, number>> = {
  cpu: { '': 1_000, m: 1 },
  memory: { '': 1, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 },
}

const quantity = (text: string, what: keyof Sum): number => {
  const [, number, unit] = String(text).match(/^([\d.]+)(\w*)$/) ?? []
  const factor = units[what][unit ?? '']
  if (number === undefined || factor === undefined) throw new Error(`${text} is not a quantity`)
  return Number(number) * factor
}
