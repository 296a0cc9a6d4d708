import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { task } from '../records.ts'

export const taskCreated = defineEvent('task.created', '2.0', z.object({ task }))
