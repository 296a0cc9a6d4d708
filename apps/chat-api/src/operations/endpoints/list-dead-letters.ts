import { type BaseDeps, type DeadLetter, endpoint, serviceNames } from '@taskflow/service-kit'
import { z } from 'zod'
import { askServices } from '../ask-services.ts'
import { deadLetterId, heldEvent } from '../dead-letters.ts'

const page = z
  .object({ data: z.array(heldEvent), next_cursor: z.null(), unreachable: z.array(z.string()) })
  .meta({ id: 'DeadLetterPage' })

/** Deferred and parked events of all services, oldest first. */
export const listDeadLetters = ({ sidecar }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/dead-letters',
    summary: 'List events that a service could not handle',
    access: 'admin',
    isWatched: true,
    query: z.strictObject({
      service: z.enum(serviceNames).optional(),
      state: z.enum(['deferred', 'parked']).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    answers: { 200: page },
    handle: async ({ query: { service, state, limit }, origin }) => {
      const search = new URLSearchParams({ limit: String(limit), ...(state && { state }) })
      const chosen = service ? [service] : serviceNames
      const { answers, unreachable } = await askServices<{ data: DeadLetter[] }>(
        sidecar,
        chosen,
        `operator/dead-letters?${search}`,
        origin,
      )
      const data = chosen
        .flatMap((name) =>
          (answers[name]?.data ?? []).map((each) => ({
            id: deadLetterId(name, each.event_id),
            service: name,
            ...each,
          })),
        )
        .toSorted((a, b) => (a.received_at < b.received_at ? -1 : 1))
        .slice(0, limit)
      return { status: 200, body: { data, next_cursor: null, unreachable } }
    },
  })
