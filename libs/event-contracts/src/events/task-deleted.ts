import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { task } from '../records.ts'

export const taskDeleted = defineEvent('task.deleted', '2.0', z.object({ task }))
