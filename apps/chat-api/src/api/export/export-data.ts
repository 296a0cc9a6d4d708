import { Readable } from 'node:stream'
import { endpoint, requireScope } from '@taskflow/service-kit'
import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { exportCalendar, exportCsv, exportJson } from '../../domain/export-tasks.ts'

const formats = {
  json: { type: 'application/json; charset=utf-8', write: exportJson },
  csv: { type: 'text/csv; charset=utf-8', write: exportCsv },
  ics: { type: 'text/calendar; charset=utf-8', write: exportCalendar },
}

/** All that is the user's, as a file that `/import` takes again. */
export const exportData = ({ db, clock, publicUrl }: Deps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/export',
    summary: 'Take your data with you: everything as JSON (needs account:read too), tasks as CSV or iCalendar',
    access: 'user',
    scope: 'tasks:read',
    query: z.strictObject({ format: z.enum(['json', 'csv', 'ics']).default('json') }),
    produces: ['application/json', 'text/csv', 'text/calendar'],
    answers: { 200: z.string() },
    handle: async ({ query: { format }, user }) => {
      // Only JSON holds the profile.
      if (format === 'json') requireScope(user, 'account:read')
      const now = clock.now()
      const { type, write } = formats[format]
      const pages = write({ db, user_id: user.user_id, now }, new URL(publicUrl).hostname)
      const name = `taskflow-${now.toString().slice(0, 10)}.${format}`
      return {
        status: 200,
        body: Readable.from(pages),
        headers: {
          'content-type': type,
          'content-disposition': `attachment; filename="${name}"`,
          'cache-control': 'no-store',
        },
      }
    },
  })
