import { z } from 'zod'
import { timeZoneOf } from '../../account/users.ts'
import { explainRecurrence, preview, previewInput } from '../../tasks/explain-recurrence.ts'
import { readTool } from './tool.ts'

export const previewRecurrence = readTool({
  name: 'preview_recurrence',
  title: 'Explain a recurrence rule',
  description:
    'Shows the next dates of a rule (an RRULE, or a pattern with an interval) and the rule as a sentence; nothing is made. A start that is a date alone makes an all-day series. Without a start it counts from now, without a time zone on the clock of the user.',
  isIdempotent: true,
  input: z.strictObject({
    ...previewInput.shape,
    time_zone: previewInput.shape.time_zone.unwrap().optional(),
    count: z.int().min(1).max(50).default(10),
  }),
  output: preview,
  run: async ({ db, clock }, given, { user }) => {
    const time_zone = given.time_zone ?? (await timeZoneOf(db, user.user_id))
    const now = clock.now().toZonedDateTimeISO(time_zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
    const start = given.start ?? (/DTSTART/i.test(given.rule ?? '') ? undefined : now)
    return explainRecurrence({ ...given, time_zone, start })
  },
})
