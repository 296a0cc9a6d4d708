import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { timeZoneOf } from '../../account/users.ts'
import { readCalendarImport } from '../import-calendar.ts'
import { readCsvImport } from '../import-csv.ts'
import { exportedFile, readJsonImport } from '../import-json.ts'
import { importItems } from '../import-tasks.ts'

const readers = {
  'application/json': readJsonImport,
  'text/csv': readCsvImport,
  'text/calendar': readCalendarImport,
}

const result = z
  .object({
    place: z.string().meta({ description: 'where in the file: `line 3`, `tasks.0`' }),
    status: z.enum(['created', 'exists', 'refused']),
    id: z.uuid().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'ImportedItem' })

const answer = z
  .object({ created: z.int(), existing: z.int(), refused: z.int(), data: z.array(result) })
  .meta({ id: 'ImportResult' })

/**
 * Takes what `/export` gives, and the CSV and calendars of others. Sending a file again creates only what is missing.
 */
export const importData = ({ db, clock, transaction }: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/import',
    summary: 'Create tasks from an export, a CSV file or a calendar; the answer reports on each',
    access: 'user',
    file: {
      types: { 'application/json': exportedFile, 'text/csv': z.string(), 'text/calendar': z.string() },
      largest: '10mb',
    },
    body: z.string(),
    answers: { 200: answer },
    handle: async ({ body, headers, user: { user_id }, origin }) => {
      const type = String(headers['content-type']).split(';')[0]!.trim().toLowerCase() as keyof typeof readers
      const time_zone = await timeZoneOf(db, user_id)
      const items = readers[type](body, { now: clock.now(), time_zone })
      const data = await importItems(transaction, { user_id, time_zone }, items, origin)
      const count = (wanted: string) => data.filter(({ status }) => status === wanted).length
      return {
        status: 200,
        body: { created: count('created'), existing: count('exists'), refused: count('refused'), data },
      }
    },
  })
