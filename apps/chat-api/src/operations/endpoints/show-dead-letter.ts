import type { Topic } from '@taskflow/event-contracts'
import { type BaseDeps, type DeadLetter, type DeadLetterContent, endpoint } from '@taskflow/service-kit'
import { text } from '@taskflow/tasks'
import { z } from 'zod'
import { heldEvent, parseDeadLetterId } from '../dead-letters.ts'
import { explainMessage } from '../explain-message.ts'

const letter = heldEvent
  .extend({
    headers: z.record(z.string(), z.string()),
    body: z.string().nullable().meta({ description: 'as text; null when it is not UTF-8' }),
    body_base64: z.string(),
    problems: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .meta({ description: 'where it differs from the current schema of its type; none: its handler failed' }),
    nearest_type: z.string().nullable().meta({ description: 'which type an unknown one is most like' }),
  })
  .meta({ id: 'DeadLetterDetails' })

export const showDeadLetter = ({ sidecar }: Pick<BaseDeps, 'sidecar'>) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/dead-letters/:id',
    summary: 'Show such an event with its content, and what is wrong with it',
    access: 'admin',
    params: z.object({ id: text(1, 400) }),
    answers: { 200: letter },
    handle: async ({ params: { id }, origin }) => {
      const { service, event_id } = parseDeadLetterId(id)
      const held = await sidecar.invoke<DeadLetter & DeadLetterContent>(
        service,
        `operator/dead-letter?${new URLSearchParams({ event_id })}`,
        origin,
      )
      const explained = explainMessage(held.topic as Topic, Buffer.from(held.body_base64, 'base64'))
      return { status: 200, body: { id, service, ...held, ...explained } }
    },
  })
