import { preferencesOf, priority } from '@taskflow/event-contracts'
import { maxQuickAddLength, type QuickTask, readQuickAdd } from '@taskflow/quick-add'
import { type BaseDeps, endpoint, invalid } from '@taskflow/service-kit'
import { notesOnTask, taskDraftInput } from '@taskflow/tasks'
import { z } from 'zod'
import { findUser } from '../account/users.ts'
import { once } from '../http/idempotency.ts'
import { notes, taskAnswer, timeZone, withNotes } from '../http/schemas.ts'
import { versionHeaders } from '../http/version-headers.ts'
import { createWithDefaults } from './create-task.ts'

/** Not trimmed: what was understood is reported by its place in the text. */
const text = z
  .string()
  .max(maxQuickAddLength, `must be at most ${maxQuickAddLength} characters`)
  .refine((value) => !value.includes('\0') && value.isWellFormed(), 'must be valid Unicode text without NUL')

const understood = z.array(
  z
    .object({
      text: z.string(),
      start: z.int().meta({ description: 'place in the text, in UTF-16 code units' }),
      end: z.int(),
      means: z.enum(['due_date', 'due_on', 'recurrence', 'priority', 'tag', 'category', 'reminder']),
      value: z.unknown(),
      sentence: z.string(),
    })
    .meta({ id: 'Understood' }),
)
const notUnderstood = z
  .array(z.object({ text: z.string(), start: z.int(), end: z.int() }).meta({ id: 'NotUnderstood' }))
  .meta({ description: 'parts that look like a date, rule or reminder, and stay in the title' })
const literal = z
  .array(z.tuple([z.int().min(0), z.int().max(maxQuickAddLength)]))
  .max(50)
  .meta({ description: 'parts of the text, as [start, end), that belong to the title whatever they seem to mean' })
const quickTask: z.ZodType<QuickTask> = z
  .object({
    title: z.string(),
    time_zone: z.string(),
    due_date: z.string().exactOptional(),
    due_on: z.string().exactOptional(),
    priority: priority.exactOptional(),
    tags: z.array(z.string()).exactOptional(),
    category: z.string().exactOptional(),
    recurrence_rule: z.string().exactOptional(),
    recurrence_interval: z.int().exactOptional(),
    recurrence_anchor: z.literal('completed_at').exactOptional(),
    reminders: z
      .array(
        z.object({
          type: z.enum(['before', 'after', 'at']),
          offset: z.string().exactOptional(),
          at: z.string().exactOptional(),
        }),
      )
      .exactOptional(),
  })
  .meta({ id: 'QuickTask', description: 'fields of a new task: those that the text speaks of' })
const reading = z.object({ task: quickTask, understood, not_understood: notUnderstood }).meta({ id: 'QuickAddReading' })
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
    body: z.strictObject({
      text,
      dry_run: z.boolean().default(false),
      time_zone: timeZone.optional(),
      literal: literal.optional(),
    }),
    example: { text: 'Water the plants every friday at 18:00 #home !high' },
    answers: { 200: reading, 201: created },
    handle: async (request) => {
      const { body, user } = request
      const { locale, preferences, ...profile } = await findUser(db, user.user_id)
      const time_zone = body.time_zone ?? profile.time_zone
      const { reminder_time } = preferencesOf(preferences)
      const { due: _, ...read } = readQuickAdd(body.text, {
        ...{ now: clock.now(), time_zone, locale, reminder_time },
        ...(body.literal ? { literal: body.literal } : {}),
      })
      const task = taskDraftInput.safeParse(read.task)
      if (!task.success) {
        const [issue] = task.error.issues
        throw read.task.title === ''
          ? invalid('text', 'nothing is left for the title; put words that belong to it in "quotes"')
          : invalid('text', `${issue?.path.join('.')}: ${issue?.message}`)
      }
      if (body.dry_run) return { status: 200, body: read }
      return once(transaction, 'quick add', request, async (tx) => {
        const created = await createWithDefaults(tx, user, task.data)
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
