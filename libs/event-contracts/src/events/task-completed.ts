import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { changed, task } from '../records.ts'

export const taskCompleted = defineEvent('task.completed', '2.0', z.object({ task, changed }))
