import type { Clock } from './grammar/clock.ts'
import type { When } from './grammar/when.ts'

/** When a task is due, on the wall clock: `isTimed` when a time of day was named, `isDated` when a day was. */
export interface LocalDue {
  date: Temporal.PlainDate
  time: Temporal.PlainTime
  isTimed: boolean
  isDated: boolean
  instant?: Temporal.Instant
}

/** The one place where a day, with or without a time of day, becomes an instant. */
export const dueInstant = ({ date, time, instant }: LocalDue, now: Temporal.ZonedDateTime): Temporal.ZonedDateTime =>
  instant?.toZonedDateTimeISO(now.timeZoneId) ?? date.toZonedDateTime({ timeZone: now.timeZoneId, plainTime: time })

/** A date without a time of day is due at this time, or at the end of the day when this time has passed today. */
const morning = Temporal.PlainTime.from('09:00')
const endOfDay = Temporal.PlainTime.from('23:59')

/** The moment that a day and a time make; undefined when it has passed. */
export const momentOf = (parts: When[], now: Temporal.ZonedDateTime): LocalDue | undefined => {
  const timed = parts.find(({ time }) => time)
  const dated = parts.find(({ day }) => day)
  const isTimed = timed !== undefined
  const isDated = dated !== undefined
  const day = dated?.day
  if (day?.instant) return local(day.instant, true, isDated)
  const today = now.toPlainDate()
  const offset = parts.find(({ offset }) => offset !== undefined)?.offset
  const time = timed?.time
  if (time && offset !== undefined) {
    const instant = (day?.date ?? today)
      .toZonedDateTime({ timeZone: 'UTC', plainTime: plain(time) })
      .toInstant()
      .subtract({ minutes: offset })
    const isPast = Temporal.Instant.compare(instant, now.toInstant()) < 0
    if (isPast && isDated) return undefined
    return local(instant.add({ hours: isPast ? 24 : 0 }).toZonedDateTimeISO(now.timeZoneId), true, isDated)
  }
  const date = (day?.date ?? today).add({ days: time?.isNextDay && day ? 1 : 0 })
  if (day?.isEnd && !time) return { date, time: endOfDay, isTimed: true, isDated }
  const at = time ? plain(time) : morning
  const isPast =
    Temporal.ZonedDateTime.compare(date.toZonedDateTime({ timeZone: now.timeZoneId, plainTime: at }), now) < 0
  const due = { date, time: at, isTimed, isDated }
  if (day?.isWeekday && day.date.equals(today) && (!time || isPast)) return { ...due, date: date.add({ days: 7 }) }
  if (!isPast) return due
  if (!isDated) return { ...due, date: date.add({ days: 1 }) }
  if (!time || time.isPart) return { ...due, time: endOfDay }
  // "today at 8", said at noon
  return time.isEither && time.hour < 12 ? { ...due, time: at.add({ hours: 12 }) } : due
}

const local = (at: Temporal.ZonedDateTime, isTimed: boolean, isDated: boolean): LocalDue => ({
  date: at.toPlainDate(),
  time: at.toPlainTime(),
  isTimed,
  isDated,
  instant: at.toInstant(),
})

const plain = ({ hour, minute }: Clock) => Temporal.PlainTime.from({ hour, minute })
