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
