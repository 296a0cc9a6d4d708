import { checkRule, describeSchedule, noteOnFirst, occurrences, RecurrenceError } from '@taskflow/recurrence'
import { invalid } from '@taskflow/service-kit'
import { text, timeZoneInput } from '@taskflow/tasks'
import { z } from 'zod'
import { notes, withNotes } from '../http/schemas.ts'

const localDateTime = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(:\d\d)?)?$/,
    'must be a local date-time without offset, like 2026-01-31T09:00:00, or a day',
  )
  .meta({ description: 'the first date on the clock of time_zone; a day alone begins an all-day series' })

/** A rule to explain. */
export const previewInput = z.strictObject({
  rule: text(1, 2_000).optional(),
  pattern: z.enum(['daily', 'weekly', 'monthly', 'yearly']).optional(),
  interval: z.int().min(1).max(1_000).default(1),
  start: localDateTime.optional(),
  time_zone: timeZoneInput.default('UTC'),
  count: z.int().min(1).max(500).default(10),
})

export const preview = z.object({
  description: z.string(),
  occurrences: z.array(z.object({ local: z.string(), utc: z.string() })),
  notes,
})

/** The meaning of a rule: a sentence and its next dates. Problem 422 that names the part of the rule. */
export const explainRecurrence = ({
  count,
  start: given,
  rule,
  pattern,
  ...options
}: z.output<typeof previewInput>): z.infer<typeof preview> => {
  if ((rule === undefined) === (pattern === undefined))
    throw invalid('rule', 'give either "rule", an RRULE, or "pattern": daily, weekly, monthly or yearly')
  const schedule = { ...options, rule: rule ?? pattern! }
  if (given === undefined && !/DTSTART/i.test(schedule.rule))
    throw invalid('start', 'is needed unless the rule has DTSTART')
  const isAllDay = given?.length === 10
  const start = isAllDay ? `${given}T00:00` : (given ?? '2000-01-01T00:00:00')
  try {
    checkRule(schedule.rule, schedule.interval)
    const whole = { ...schedule, start: start.length === 16 ? `${start}:00` : start }
    const found = occurrences(whole, { count }).map(({ local, instant: utc }) => ({
      local: isAllDay ? local.slice(0, 10) : local,
      utc,
    }))
    const first = Temporal.PlainDateTime.from(whole.start).toZonedDateTime(whole.time_zone).toInstant().toString()
    const note = /DTSTART/i.test(whole.rule) ? undefined : noteOnFirst(whole, first, { isAllDay })
    return withNotes({ description: describeSchedule(whole, { isAllDay }), occurrences: found }, note ? [note] : [])
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error
    throw invalid(error.part === 'DTSTART' && given ? 'start' : 'rule', `${error.part}: ${error.message}`)
  }
}
