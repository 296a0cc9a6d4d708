import { z } from 'zod'
import { defineEvent } from '../define-event.ts'

/** What other services may know of a user. Name and e-mail address stay in the identity schema. */
export const userProfile = z.strictObject({ id: z.uuid(), time_zone: z.string(), locale: z.string() })

export const userCreated = defineEvent('user.created', '2.0', z.object({ user: userProfile }))
