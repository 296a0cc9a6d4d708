import { sharedBudget, withinBudget } from '@taskflow/recurrence'
import { type BaseDeps, endpoint, Problem } from '@taskflow/service-kit'
import { z } from 'zod'
import { findUser } from '../../account/users.ts'
import type { TaskDeps } from '../../tasks/deps.ts'
import { createImportAdmission } from '../import-admission.ts'
import { countReasons } from '../import-note.ts'
import { importItems, previewItems } from '../import-tasks.ts'
import { createTurns } from '../in-turn.ts'
import { readApart } from '../read-apart.ts'
import type { ImportType } from '../read-import.ts'

const list = z.array(z.unknown()).default([])
const types: Record<ImportType, z.ZodType> = {
  'application/json': z.object({ tasks: list, recurring_tasks: list }),
  'text/csv': z.string(),
  'text/calendar': z.string(),
}

/** What the rules of a file may cost while its tasks are written, between the statements of the database. */
const ruleSteps = 25_000_000

const note = z
  .object({
    what: z.enum(['changed', 'left_out']),
    field: z.string().meta({ description: 'as the file calls it' }),
    reason: z.string().meta({ description: 'the same for all of its kind, like `alarm-unreadable`' }),
    message: z.string(),
  })
  .meta({ id: 'ImportNote' })

const result = z
  .object({
    place: z.string().meta({ description: 'where in the file: `line 3`, `tasks.0`' }),
    status: z.enum(['created', 'exists', 'refused']),
    id: z.uuid().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    notes: z.array(note).optional().meta({ description: 'what did not arrive as the file has it' }),
    used: z.array(z.string()).optional().meta({ description: 'what was used, as the file calls it' }),
  })
  .meta({ id: 'ImportedItem' })

const answer = z
  .object({
    preview: z.boolean().meta({ description: 'whether nothing was created, but would be' }),
    created: z.int(),
    existing: z.int(),
    refused: z.int(),
    notes: z.record(z.string(), z.int()).meta({ description: 'how often each reason of a note occurs' }),
    data: z.array(result),
  })
  .meta({ id: 'ImportResult' })

/**
 * Takes what `/export` gives, and the CSV and calendars of others. Sending a file again creates only what is missing. A
 * preview reports the same and stores nothing.
 */
export const importData = ({ db, clock, transaction, quotas }: BaseDeps & TaskDeps) => {
  const inTurn = createTurns()
  return endpoint({
    method: 'post',
    path: '/api/v1/import',
    summary: 'Create tasks from an export, a CSV file or a calendar; the answer reports on each',
    access: 'user',
    file: { asBytes: true, types, largest: '10mb', admit: createImportAdmission({ db, clock }) },
    query: z.strictObject({
      preview: z
        .stringbool({ truthy: ['true'], falsy: ['false'] })
        .default(false)
        .meta({ description: 'only report what would become of each item' }),
      mapping: z.string().max(5_000).optional().meta({
        description: 'of CSV: what its columns are here, as JSON, like `{"title":"Task name","due_date":"When"}`',
      }),
    }),
    body: z.instanceof(Uint8Array),
    answers: { 200: answer },
    cost: () => 100,
    handle: async ({ body, query, headers, user: { user_id }, origin, signal }) => {
      const type = String(headers['content-type']).split(';')[0]!.trim().toLowerCase() as ImportType
      const { time_zone, locale } = await findUser(db, user_id)
      const charset = charsetOf(String(headers['content-type']))
      const now = clock.now().toString()
      const file = {
        type,
        text: new Uint8Array(body),
        ...(charset ? { charset } : {}),
        now,
        time_zone,
        locale,
        mapping: query.mapping,
      }
      const items = await inTurn(() => readApart(file, { signal }))
      const data = await withinBudget(sharedBudget(ruleSteps), () =>
        (query.preview ? previewItems : importItems)(transaction, { user_id, time_zone, quotas }, items, origin),
      )
      const count = (wanted: string) => data.filter(({ status }) => status === wanted).length
      const notes = countReasons(data.map((each) => each.notes ?? []))
      return {
        status: 200,
        body: {
          preview: query.preview,
          created: count('created'),
          existing: count('exists'),
          refused: count('refused'),
          notes,
          data,
        },
      }
    },
  })
}

/** The declared one. Problem 415 for one that is not known. */
const charsetOf = (type: string): string | undefined => {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(type)?.[1]
  if (charset === undefined) return undefined
  try {
    return new TextDecoder(charset).encoding
  } catch {
    throw new Problem('unsupported-media-type', 'send the file as UTF-8')
  }
}
