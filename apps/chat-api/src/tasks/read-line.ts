import { preferencesOf, priority } from '@taskflow/event-contracts'
import { maxQuickAddLength, type QuickAddReading, type QuickTask, readQuickAdd } from '@taskflow/quick-add'
import { type Database, invalid, type Principal, type Tx } from '@taskflow/service-kit'
import { type TaskDraft, taskDraftInput } from '@taskflow/tasks'
import { z } from 'zod'
import { findUser } from '../account/users.ts'
import { timeZone } from '../http/schemas.ts'

/** Not trimmed: what was understood is reported by its place in the text. */
const text = z
  .string()
  .max(maxQuickAddLength, `must be at most ${maxQuickAddLength} characters`)
  .refine((value) => !value.includes('\0') && value.isWellFormed(), 'must be valid Unicode text without NUL')

const literal = z
  .array(z.tuple([z.int().min(0), z.int().max(maxQuickAddLength)]))
  .max(50)
  .meta({ description: 'parts of the text, as [start, end), that belong to the title whatever they seem to mean' })

/** One line of text, and how to read it. */
export const lineInput = z.strictObject({ text, time_zone: timeZone.optional(), literal: literal.optional() })

export const understoodPart = z.object({
  text: z.string(),
  start: z.int().meta({ description: 'place in the text, in UTF-16 code units' }),
  end: z.int(),
  means: z.enum(['due_date', 'due_on', 'recurrence', 'priority', 'tag', 'category', 'reminder']),
  value: z.unknown(),
  sentence: z.string(),
})
export const notUnderstoodPart = z.object({ text: z.string(), start: z.int(), end: z.int() })

export const quickTask: z.ZodType<QuickTask> = z
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
  .meta({ description: 'fields of a new task: those that the text speaks of' })

/**
 * Reads a task out of one line, with the zone, language and reminder time of its user. `draft` is the task as it is
 * created. Problem 422 when there is no title, or a field that tasks cannot have.
 */
export const readLine = async (
  db: Database | Tx,
  now: Temporal.Instant,
  { user_id }: Principal,
  { text, literal, ...given }: z.infer<typeof lineInput>,
): Promise<Omit<QuickAddReading, 'due'> & { draft: TaskDraft }> => {
  const { locale, preferences, ...profile } = await findUser(db, user_id)
  const { due: _, ...read } = readQuickAdd(text, {
    now,
    time_zone: given.time_zone ?? profile.time_zone,
    locale,
    reminder_time: preferencesOf(preferences).reminder_time,
    ...(literal ? { literal } : {}),
  })
  const draft = taskDraftInput.safeParse(read.task)
  if (draft.success) return { ...read, draft: draft.data }
  const [issue] = draft.error.issues
  throw read.task.title === ''
    ? invalid('text', 'nothing is left for the title; put words that belong to it in "quotes"')
    : invalid('text', `${issue?.path.join('.')}: ${issue?.message}`)
}
