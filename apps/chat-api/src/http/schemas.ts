import { instant, task } from '@taskflow/event-contracts'
import { timeZoneInput } from '@taskflow/tasks'
import { z } from 'zod'

/** Parts of requests and answers that several endpoints share. */

export const idParams = z.object({ id: z.uuid().transform((id) => id.toLowerCase()) })

/** A page of a list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
}

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), next_cursor: z.string().nullable() })

export const taskAnswer = task

export const timeZone = timeZoneInput

export const auditRecord = z.object({
  sequence: z.int(),
  recorded_at: instant,
  event_id: z.string(),
  type: z.string(),
  source: z.string(),
  subject: z.string(),
  user_id: z.string().nullable(),
  time: instant,
  traceparent: z.string().nullable(),
  correlation_id: z.string().nullable(),
  causation_id: z.string().nullable(),
  client_address: z.string().nullable().meta({ description: 'from where a person asked for it' }),
  data: z.unknown(),
  erased: z.boolean(),
  hash: z.string(),
})
