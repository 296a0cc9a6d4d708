import { z } from 'zod'
import { defineEvent } from '../define-event.ts'

/** A consumer has given up on an event and keeps it for an operator. */
export const deadLetterParked = defineEvent(
  'dead_letter.parked',
  '2.0',
  z.object({
    consumer: z.string(),
    event_id: z.string(),
    event_type: z.string().nullable(),
    topic: z.string(),
    partition: z.int(),
    offset: z.string(),
    reason: z.string(),
    attempts: z.int(),
  }),
)

/** An admin uses the role; `user_id` is the admin. Written before the request is carried out. */
export const adminActed = defineEvent(
  'admin.acted',
  '2.0',
  z.object({
    operation: z.string().meta({ description: 'method and route, like POST /api/v1/admin/dead-letters/:id/redrive' }),
    given: z.record(z.string(), z.json()).meta({ description: 'parts of path, query and body, by name' }),
    address: z.string().meta({ description: 'network address that the request came from' }),
  }),
)
