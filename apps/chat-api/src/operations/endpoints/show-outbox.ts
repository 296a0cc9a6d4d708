import { type BaseDeps, endpoint, serviceNames } from '@taskflow/service-kit'
import { z } from 'zod'
import { askServices } from '../ask-services.ts'

const age = z.number().nullable().meta({ description: 'seconds' })

export const delivery = z
  .object({
    outbox: z.object({
      waiting: z.int(),
      oldest_age: age,
      rejected: z.int().meta({ description: 'can never be published' }),
      published_last_minute: z.int(),
    }),
    inbox: z.object({
      size: z.int().meta({ description: 'about how many events are remembered' }),
      deferred: z.int(),
      parked: z.int(),
      oldest_age: age,
    }),
    publishing_trouble: z.string().nullable().meta({ description: 'why rows wait' }),
  })
  .meta({ id: 'ServiceDelivery' })

const outbox = z
  .object({ measured_at: z.string(), services: z.record(z.string(), delivery), unreachable: z.array(z.string()) })
  .meta({ id: 'Outbox' })

/** Outbox depth and age, and what is held in the inbox, of every service. */
export const showOutbox = ({ sidecar, clock }: Pick<BaseDeps, 'sidecar' | 'clock'>) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/outbox',
    summary: 'How delivery stands at each service',
    access: 'admin',
    isWatched: true,
    answers: { 200: outbox },
    handle: async ({ origin }) => {
      const { answers, unreachable } = await askServices<z.infer<typeof delivery>>(
        sidecar,
        serviceNames,
        'operator/delivery',
        origin,
      )
      return { status: 200, body: { measured_at: clock.now().toString(), services: answers, unreachable } }
    },
  })
