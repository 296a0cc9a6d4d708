import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { notesOnTask } from '@taskflow/tasks'
import { z } from 'zod'
import { once } from '../http/idempotency.ts'
import { notes, taskAnswer, withNotes } from '../http/schemas.ts'
import { versionHeaders } from '../http/version-headers.ts'
import { createWithDefaults } from './create-task.ts'
import { lineInput, notUnderstoodPart, quickTask, readLine, understoodPart } from './read-line.ts'

const understood = z.array(understoodPart.meta({ id: 'Understood' }))
const notUnderstood = z
  .array(notUnderstoodPart.meta({ id: 'NotUnderstood' }))
  .meta({ description: 'parts that look like a date, rule or reminder, and stay in the title' })
const reading = z
  .object({ task: quickTask.meta({ id: 'QuickTask' }), understood, not_understood: notUnderstood })
  .meta({ id: 'QuickAddReading' })
const created = z
  .object({ task: taskAnswer, understood, not_understood: notUnderstood, notes })
  .meta({ id: 'QuickAddResult' })

/** A task out of one line of text; docs/quick-add.md has the grammar. */
export const quickAdd = ({ db, clock, transaction }: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/tasks/quick-add',
    summary: 'Create a task from one line of text, and report what was understood; dry_run only reports',
    access: 'user',
    headers: ['Idempotency-Key'],
    body: lineInput.extend({ dry_run: z.boolean().default(false) }),
    example: { text: 'Water the plants every friday at 18:00 #home !high' },
    answers: { 200: reading, 201: created },
    handle: async (request) => {
      const { body, user } = request
      const { draft, ...read } = await readLine(db, clock.now(), user, body)
      if (body.dry_run) return { status: 200, body: read }
      return once(transaction, 'quick add', request, async (tx) => {
        const created = await createWithDefaults(tx, user, draft)
        return {
          status: 201,
          body: withNotes(
            { task: created, understood: read.understood, not_understood: read.not_understood },
            notesOnTask(created),
          ),
          headers: { ...versionHeaders(created), location: `/api/v1/tasks/${created.id}` },
        }
      })
    },
  })
