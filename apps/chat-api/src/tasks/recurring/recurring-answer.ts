import type { SeriesRow } from '@taskflow/database'
import {
  instant,
  priority,
  recurrenceAnchor,
  recurrenceCatchUp,
  recurrenceMode,
  reminderType,
} from '@taskflow/event-contracts'
import { toRecurringTaskView, upcomingDates } from '@taskflow/tasks'
import { z } from 'zod'
import { notes } from '../../http/schemas.ts'
import { versionHeaders } from '../../http/version-headers.ts'

/** A recurring task as the API shows it. */
export const recurringTask = z
  .object({
    id: z.uuid(),
    user_id: z.uuid(),
    title: z.string(),
    description: z.string(),
    priority,
    tags: z.array(z.string()),
    category: z.string().nullable(),
    reminders: z.array(z.object({ type: reminderType.exclude(['at']), offset: z.string().optional() })),
    rule: z.string(),
    pattern: z.enum(['daily', 'weekly', 'monthly', 'yearly']).nullable(),
    interval: z.int(),
    schedule: z.string().meta({ description: 'the rule as a sentence, like "every weekday at 09:00, Europe/Berlin"' }),
    start_date: z.string().meta({ description: 'local date-time in time_zone that the dates are counted from' }),
    start_on: z.iso.date().nullable().meta({ description: 'the first day, when its tasks are due on days' }),
    reminder_time: z.string().meta({ description: 'time that reminders of such a day are counted from' }),
    time_zone: z.string(),
    next_occurrence: instant.nullable().meta({ description: 'null while paused and when it has ended' }),
    is_active: z.boolean().meta({ description: 'false while paused' }),
    skipped: z.array(z.string()).meta({ description: 'local date-times on which no task is made' }),
    recurrence_mode: recurrenceMode,
    recurrence_anchor: recurrenceAnchor,
    recurrence_catch_up: recurrenceCatchUp,
    version: z.int(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'RecurringTask' })

/** One recurring task, with the dates that come next. */
export const recurringTaskAnswer = recurringTask
  .extend({
    upcoming: z.array(z.object({ local: z.string(), utc: instant }).meta({ id: 'Occurrence' })),
    notes,
  })
  .meta({ id: 'RecurringTaskDetails' })

export const answerRecurring = (row: SeriesRow, now: string) => ({
  body: {
    ...toRecurringTaskView(row, now),
    upcoming: upcomingDates(row, now, 10).map(({ local, instant: utc }) => ({ local, utc })),
  },
  headers: versionHeaders(row),
})
