import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { readCalendarImport } from '../../domain/import-calendar.ts'
import { readCsvImport } from '../../domain/import-csv.ts'
import { exportedFile, readJsonImport } from '../../domain/import-json.ts'
import { importItems } from '../../domain/import-tasks.ts'
import { timeZoneOf } from '../../domain/users.ts'

const readers = {
  'application/json': readJsonImport,
  'text/csv': readCsvImport,
  'text/calendar': readCalendarImport,
}

const result = z.object({
  place: z.string().meta({ description: 'where in the file: `line 3`, `tasks.0`' }),
  status: z.enum(['created', 'exists', 'refused']),
  id: z.uuid().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})

/** Takes what `/export` gives, and the CSV and calendars of others. Sending a file again creates only what is missing. */
export const importData = ({ db, clock, transaction }: Deps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/import',
    summary: 'Create tasks from an export, a CSV file or a calendar; the answer tells of each',
    access: 'user',
    file: {
      types: { 'application/json': exportedFile, 'text/csv': z.string(), 'text/calendar': z.string() },
      largest: '10mb',
    },
    body: z.string(),
    answers: {
      200: z.object({ created: z.int(), existing: z.int(), refused: z.int(), data: z.array(result) }),
    },
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
