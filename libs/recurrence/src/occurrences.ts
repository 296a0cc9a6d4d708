import { startBudget } from './budget.ts'
import { secondsPerDay } from './calendar.ts'
import { RecurrenceError } from './recurrence-error.ts'
import { isTimeZone, localTimes, type Occurrence, parseSchedule, type Schedule } from './schedule.ts'

/** Turning a local time into an instant costs about as much as looking at so many days. */
const stepsOfConversion = 30

/**
 * The next occurrences of a schedule, at most `count`, strictly after the instant `after` or from the start, and before
 * `before`. Local
 * times are converted to instants in their zone: one in the gap of a clock change is shifted forward, and of one that
 * occurs twice the earlier counts. Empty when the schedule has ended or matches nothing. Throws RecurrenceError.
 */
export const occurrences = (
  schedule: Schedule,
  options: { count: number; after?: string; before?: string },
): Occurrence[] => {
  const parsed = parseSchedule(schedule)
  if (!isTimeZone(parsed.time_zone)) throw new RecurrenceError('TZID', `${parsed.time_zone} is not an IANA time zone`)
  const after = options.after === undefined ? undefined : Temporal.Instant.from(options.after).epochMilliseconds
  const from = after === undefined ? Number.NEGATIVE_INFINITY : earliestLocal(after, parsed.time_zone)
  const before =
    options.before === undefined ? Number.POSITIVE_INFINITY : Temporal.Instant.from(options.before).epochMilliseconds
  const found: Occurrence[] = []
  let last = after ?? Number.NEGATIVE_INFINITY
  const budget = startBudget()
  for (const time of localTimes(parsed, Math.max(from, -62_135_596_800), budget)) {
    budget.spend(stepsOfConversion)
    const zoned = toZoned(time, parsed.time_zone)
    if (zoned.epochMilliseconds <= last) continue
    last = zoned.epochMilliseconds
    if (last >= before) break
    found.push({ local: localText(zoned), instant: zoned.toInstant().toString() })
    if (found.length >= options.count) break
  }
  return found
}

/** The first occurrence strictly after an instant; null when there is none. */
export const nextOccurrence = (schedule: Schedule, after: string): Occurrence | null =>
  occurrences(schedule, { count: 1, after })[0] ?? null

const yearsAhead = 10

/**
 * Checks that a schedule with COUNT, which is counted from its start, still costs little enough in ten years: it is
 * about to be saved. Throws RecurrenceError.
 */
export const checkLaterCost = (schedule: Schedule, now: string): void => {
  if (!/COUNT=/i.test(schedule.rule)) return
  const later = Temporal.Instant.from(now).toZonedDateTimeISO('UTC').add({ years: yearsAhead }).toInstant()
  nextOccurrence(schedule, later.toString())
}

/**
 * The earliest local time, in seconds, that may be after an instant. Usually the local time of the instant itself; near
 * a clock change it is earlier by the size of the change, because times in the gap are shifted forward.
 */
const earliestLocal = (after: number, time_zone: string): number => {
  const offsetAt = (milliseconds: number) =>
    Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(time_zone).offsetNanoseconds / 1e9
  const aDay = secondsPerDay * 1_000
  const jump = Math.abs(offsetAt(after + aDay) - offsetAt(after - aDay))
  return Math.floor(after / 1_000 + offsetAt(after) - jump)
}

const toZoned = (time: number, time_zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(time * 1_000)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .toZonedDateTime(time_zone, { disambiguation: 'compatible' })

const localText = (zoned: Temporal.ZonedDateTime): string =>
  zoned.toPlainDateTime().toString({ smallestUnit: 'second' })
