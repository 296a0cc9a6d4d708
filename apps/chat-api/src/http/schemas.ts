import { instant, reminder, task } from '@taskflow/event-contracts'
import { timeZoneInput } from '@taskflow/tasks'
import { z } from 'zod'

/** Parts of requests and answers that several endpoints share. */

export const idParams = z.object({ id: z.uuid().transform((id) => id.toLowerCase()) })

/** Which page of a list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
}

/** A page of a list, by its name in the document; `more` is what it says of the whole list. */
export const pageOf = <Item extends z.ZodType, More extends z.ZodRawShape = Record<never, never>>(
  name: string,
  item: Item,
  more?: More,
) => z.object({ data: z.array(item), next_cursor: z.string().nullable(), ...more }).meta({ id: name })

/** What is to be said of what was made, in sentences; left out when there is nothing. */
export const notes = z
  .array(z.string())
  .exactOptional()
  .meta({ description: 'in the answer that makes it repeat: what to know, like a due date that is none of its rule' })
export const withNotes = <Body extends object>(body: Body, notes: string[]): Body & { notes?: string[] } =>
  notes.length > 0 ? { ...body, notes } : body

export const taskAnswer = task
  .extend({ reminders: z.array(reminder.meta({ id: 'Reminder' })), notes })
  .meta({ id: 'Task' })

export const timeZone = timeZoneInput

export const auditRecord = z
  .object({
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
  .meta({ id: 'AuditRecord' })
