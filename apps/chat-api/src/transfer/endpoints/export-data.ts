import { Readable } from 'node:stream'
import { instant } from '@taskflow/event-contracts'
import { endpoint, requireScope } from '@taskflow/service-kit'
import { z } from 'zod'
import { userAnswer } from '../../account/endpoints/schemas.ts'
import { actorOf, recordAccountAction } from '../../account/record-account-action.ts'
import type { HttpDeps } from '../../http/deps.ts'
import { taskAnswer } from '../../http/schemas.ts'
import { preferencesAnswer } from '../../notifications/stored-preferences.ts'
import { recurringTask } from '../../tasks/recurring/recurring-answer.ts'
import { accessInExport } from '../export-access.ts'
import { exportCalendar, exportCsv, exportJson } from '../export-tasks.ts'

const formats = {
  json: { type: 'application/json; charset=utf-8', write: exportJson },
  csv: { type: 'text/csv; charset=utf-8', write: exportCsv },
  ics: { type: 'text/calendar; charset=utf-8', write: exportCalendar },
}

const file = z
  .object({
    format: z.literal('taskflow'),
    version: z.literal(1),
    exported_at: instant,
    profile: userAnswer.omit({ role: true }).extend({ email_confirmed: z.boolean() }),
    preferences: preferencesAnswer,
    webhook: z.object({ url: z.string() }).nullable(),
    ...accessInExport,
    recurring_tasks: z.array(recurringTask.extend({ first_occurrence: z.int() })),
    tasks: z.array(taskAnswer),
  })
  .meta({ id: 'Export' })

/** All that is the user's, as a file that `/import` takes again. */
export const exportData = ({ db, clock, publicUrl, transaction }: HttpDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/export',
    summary: 'Take your data with you: everything as JSON (needs account:read too), tasks as CSV or iCalendar',
    access: 'user',
    scope: 'tasks:read',
    query: z.strictObject({ format: z.enum(['json', 'csv', 'ics']).default('json') }),
    answers: { 200: { 'application/json': file, 'text/csv': z.string(), 'text/calendar': z.string() } },
    handle: async ({ query: { format }, user, headers, origin }) => {
      // Only JSON holds the profile.
      if (format === 'json') requireScope(user, 'account:read')
      const details = { what: format === 'json' ? 'everything' : 'tasks', format }
      await transaction(
        (tx) =>
          recordAccountAction(tx, user.user_id, { action: 'data_exported', actor: actorOf(user), headers, details }),
        origin,
      )
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
        },
      }
    },
  })
