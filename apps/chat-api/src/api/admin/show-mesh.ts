import { endpoint, serviceNames } from '@taskflow/service-kit'
import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { askServices } from '../../domain/dead-letters.ts'

const self = z.object({
  status: z.enum(['ok', 'degraded']),
  checks: z.record(z.string(), z.string()).meta({ description: 'what is wrong with each part, or "ok"' }),
  node: z.string(),
  started_at: z.string(),
  publishes: z.boolean().meta({ description: 'whether this replica publishes the events of its outbox' }),
  sidecar: z
    .object({
      id: z.string(),
      runtimeVersion: z.string(),
      components: z.array(z.object({ name: z.string(), type: z.string(), version: z.string() })),
      subscriptions: z.array(z.object({ pubsubname: z.string(), topic: z.string() })),
    })
    .nullable(),
})

/** Services, their sidecars, components and subscriptions, and why one is degraded. Of several replicas one answers. */
export const showMesh = ({ sidecar }: Deps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/mesh',
    summary: 'Services and sidecars: versions, components, subscriptions, health',
    access: 'admin',
    answers: { 200: z.object({ services: z.record(z.string(), self), unreachable: z.array(z.string()) }) },
    handle: async ({ origin }) => {
      const { answers, unreachable } = await askServices<z.infer<typeof self>>(
        sidecar,
        serviceNames,
        'operator/self',
        origin,
      )
      return { status: 200, body: { services: answers, unreachable } }
    },
  })
