import { endpoint, serviceNames } from '@taskflow/service-kit'
import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { askServices } from '../../domain/dead-letters.ts'

/** Outbox depth and age, and inbox sizes, of every service. */
export const showOutbox = ({ sidecar }: Deps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/outbox',
    summary: 'How delivery stands at each service',
    access: 'admin',
    answers: { 200: z.object({ services: z.record(z.string(), z.unknown()), unreachable: z.array(z.string()) }) },
    handle: async ({ origin }) => {
      const { answers, unreachable } = await askServices<object>(sidecar, serviceNames, 'operator/delivery', origin)
      return { status: 200, body: { services: answers, unreachable } }
    },
  })
