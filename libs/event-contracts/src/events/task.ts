import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { changed, task } from '../records.ts'

export const taskCreated = defineEvent('task.created', '2.0', z.object({ task }))

export const taskUpdated = defineEvent('task.updated', '2.0', z.object({ task, changed }))

export const taskCompleted = defineEvent('task.completed', '2.0', z.object({ task, changed }))

export const taskReopened = defineEvent('task.reopened', '2.0', z.object({ task, changed }))

export const taskDeleted = defineEvent('task.deleted', '2.0', z.object({ task }))
