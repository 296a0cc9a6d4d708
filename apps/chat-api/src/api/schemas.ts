import { instant, task } from '@taskflow/event-contracts'
import { text, timeZoneInput } from '@taskflow/tasks'
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

export const userAnswer = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  time_zone: z.string(),
  locale: z.string(),
})

export const signedIn = z.object({ user: userAnswer, token: z.string() })

export const email = z.string().trim().max(254).pipe(z.email('must be an e-mail address'))

export const password = z.string().min(8, 'must be at least 8 characters').max(200, 'must be at most 200 characters')

export const locale = z
  .string()
  .max(35)
  .transform((value, context) => {
    try {
      return Intl.getCanonicalLocales(value)[0] ?? z.NEVER
    } catch {
      context.addIssue('must be a BCP 47 language tag, like en or de-AT')
      return z.NEVER
    }
  })

export const personName = text(1, 200)
export const timeZone = timeZoneInput

export const auditRecord = z.object({
  sequence: z.int(),
  event_id: z.string(),
  type: z.string(),
  subject: z.string(),
  user_id: z.string().nullable(),
  time: instant,
  data: z.unknown(),
  hash: z.string(),
})
