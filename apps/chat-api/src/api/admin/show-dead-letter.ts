import { endpoint } from '@taskflow/service-kit'
import { text } from '@taskflow/tasks'
import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { parseDeadLetterId } from '../../domain/dead-letters.ts'

export const showDeadLetter = ({ sidecar }: Deps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/dead-letters/:id',
    summary: 'Show such an event with its content',
    access: 'admin',
    params: z.object({ id: text(1, 400) }),
    answers: { 200: z.unknown() },
    handle: async ({ params: { id }, origin }) => {
      const { service, event_id } = parseDeadLetterId(id)
      const letter = await sidecar.invoke<object>(
        service,
        `operator/dead-letter?${new URLSearchParams({ event_id })}`,
        origin,
      )
      return { status: 200, body: { id, service, ...letter } }
    },
  })
