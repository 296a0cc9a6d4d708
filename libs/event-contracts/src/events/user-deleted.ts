import { z } from 'zod'
import { defineEvent } from '../define-event.ts'

/** The account is gone: each consumer deletes that user's rows and drops later events of that user. */
export const userDeleted = defineEvent('user.deleted', '2.0', z.object({}))
