import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { changed } from '../records.ts'
import { userProfile } from './user-created.ts'

export const userUpdated = defineEvent('user.updated', '2.0', z.object({ user: userProfile, changed }))
