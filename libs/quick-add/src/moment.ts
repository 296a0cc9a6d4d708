import type { Clock } from './grammar/clock.ts'
import type { When } from './grammar/when.ts'
import { dayInWords, inWords } from './take.ts'

/** When a task is due, on the wall clock: a day, and a time of day when one was named. */
export interface LocalDue {
  date: Temporal.PlainDate
  time?: Temporal.PlainTime
  /** A day was named. */
  isDated: boolean
  instant?: Temporal.Instant
}

/** The moment a task is due; undefined when it is due on a day. */
export const dueMoment = (
  { date, time, instant }: LocalDue,
  { timeZoneId: timeZone }: Temporal.ZonedDateTime,
): Temporal.ZonedDateTime | undefined =>
  instant?.toZonedDateTimeISO(timeZone) ?? (time && date.toZonedDateTime({ timeZone, plainTime: time }))

/** The fields of a task that is due then. */
export const dueFields = (due: LocalDue, now: Temporal.ZonedDateTime): { due_date: string } | { due_on: string } => {
  const moment = dueMoment(due, now)
  return moment ? { due_date: moment.toInstant().toString() } : { due_on: due.date.toString() }
}

export const dueInWords = (due: LocalDue, now: Temporal.ZonedDateTime): string => {
  const moment = dueMoment(due, now)
  return moment ? inWords(moment) : dayInWords(due.date)
}

const endOfDay = Temporal.PlainTime.from('23:59')

/** What a day and a time make: a moment, or the day alone. Undefined when it has passed. */
export const momentOf = (parts: When[], now: Temporal.ZonedDateTime): LocalDue | undefined => {
  const timed = parts.find(({ time }) => time)
  const dated = parts.find(({ day }) => day)
  const isDated = dated !== undefined
  const day = dated?.day
  if (day?.instant) return local(day.instant, isDated)
  const today = now.toPlainDate()
  const offset = parts.find(({ offset }) => offset !== undefined)?.offset
  const time = timed?.time
  if (!time) return day && dayAlone(day, today)
  if (offset !== undefined) {
    const instant = (day?.date ?? today)
      .toZonedDateTime({ timeZone: 'UTC', plainTime: plain(time) })
      .toInstant()
      .subtract({ minutes: offset })
    const isPast = Temporal.Instant.compare(instant, now.toInstant()) < 0
    if (isPast && isDated) return undefined
    return local(instant.add({ hours: isPast ? 24 : 0 }).toZonedDateTimeISO(now.timeZoneId), isDated)
  }
  const date = (day?.date ?? today).add({ days: time.isNextDay && day ? 1 : 0 })
  const at = plain(time)
  const due = { date, time: at, isDated }
  if (Temporal.ZonedDateTime.compare(dueMoment(due, now)!, now) >= 0) return due
  if (!day) return { ...due, date: date.add({ days: 1 }) }
  if (day.isWeekday && day.date.equals(today)) return { ...due, date: date.add({ days: 7 }) }
  if (time.isPart) return { ...due, time: endOfDay }
  // "today at 8", said at noon
  return time.isEither && time.hour < 12 ? { ...due, time: at.add({ hours: 12 }) } : due
}

const dayAlone = ({ date, isEnd, isWeekday }: NonNullable<When['day']>, today: Temporal.PlainDate): LocalDue => {
  if (isEnd) return { date, time: endOfDay, isDated: true }
  return { date: isWeekday && date.equals(today) ? date.add({ days: 7 }) : date, isDated: true }
}

const local = (at: Temporal.ZonedDateTime, isDated: boolean): LocalDue => ({
  date: at.toPlainDate(),
  time: at.toPlainTime(),
  isDated,
  instant: at.toInstant(),
})

const plain = ({ hour, minute }: Clock) => Temporal.PlainTime.from({ hour, minute })
