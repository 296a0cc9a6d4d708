import type { CalendarProperty } from './calendar-property.ts'

/** When something of a calendar is: on a day, or at a time. */
export type CalendarTime = { day: Temporal.PlainDate } | { time: Temporal.ZonedDateTime; isUtc: boolean }

const format = /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i

/** Undefined when it cannot be read. `zone` is that of times without one. A day needs no VALUE=DATE. */
export const readTime = (value: string, zone: string): CalendarTime | undefined => {
  const [, year, month, day, hour, minute, second = '00', offset] = format.exec(value.trim()) ?? []
  if (!year) return undefined
  try {
    const date = Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: Number(day) }, strict)
    if (hour === undefined) return { day: date }
    const isMidnight = hour === '24' && minute === '00'
    const time = Temporal.PlainTime.from(
      // A leap second.
      { hour: isMidnight ? 0 : Number(hour), minute: Number(minute), second: Math.min(Number(second), 59) },
      strict,
    )
    const local = date.add({ days: isMidnight ? 1 : 0 }).toPlainDateTime(time)
    if (offset === undefined) return { time: local.toZonedDateTime(zone), isUtc: false }
    const exact = local.toZonedDateTime(/^z$/i.test(offset) ? 'UTC' : offset.replace(/^(...)(\d\d)$/, '$1:$2'))
    return { time: exact.withTimeZone('UTC'), isUtc: true }
  } catch {
    return undefined
  }
}
const strict = { overflow: 'reject' } as const

/** All times of a list; periods (RFC 5545, 3.3.9) by their starts. */
export const readTimes = ({ value }: CalendarProperty, zone: string): (CalendarTime | undefined)[] =>
  value.split(',', 2_000).map((each) => readTime(each.split('/', 1)[0]!, zone))

/** A duration (RFC 5545, 3.3.6); lenient about weeks beside days. Undefined when it cannot be read. */
export const readDuration = (text: string): Temporal.Duration | undefined => {
  const [whole, sign, weeks, days, hours, minutes, seconds] =
    /^([+-])?P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8})S)?)?$/i.exec(text.trim()) ??
    []
  if (!whole || /P$|T$/i.test(whole)) return undefined
  const number = (part: string | undefined) => Number(part ?? 0)
  const duration = Temporal.Duration.from({
    weeks: number(weeks),
    days: number(days),
    hours: number(hours),
    minutes: number(minutes),
    seconds: number(seconds),
  })
  return sign === '-' ? duration.negated() : duration
}
