import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { changed } from '../records.ts'

/** What other services may know of a user. Name and e-mail address stay in the identity schema. */
const userProfile = z.strictObject({ id: z.uuid(), time_zone: z.string(), locale: z.string() })

export const userCreated = defineEvent('user.created', '2.0', z.object({ user: userProfile }))

export const userUpdated = defineEvent('user.updated', '2.0', z.object({ user: userProfile, changed }))

/** The account is gone: each consumer deletes that user's rows and drops later events of that user. */
export const userDeleted = defineEvent('user.deleted', '2.0', z.object({}))
