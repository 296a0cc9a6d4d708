import { addDays, localAt, todayIn, weekdayOf } from './zone.ts'

/** How dates are written, in the person's own language. */
const written = (date: string, locale: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(new Date(`${date}T00:00:00Z`))

export const writeTime = (local: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', timeStyle: 'short' }).format(new Date(`${local.slice(0, 19)}Z`))

/** A day as people say it: Today, Tomorrow, Friday, 31 Jan, 31 Jan 2028. */
export const writeDay = (date: string, today: string, locale: string): string => {
  if (date === today) return 'Today'
  if (date === addDays(today, 1)) return 'Tomorrow'
  if (date === addDays(today, -1)) return 'Yesterday'
  if (date > today && date < addDays(today, 7)) return written(date, locale, { weekday: 'long' })
  const sameYear = date.slice(0, 4) === today.slice(0, 4)
  return written(date, locale, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) })
}

/** `Today 09:00`; the time of the end of the day is left out. */
export const writeMoment = (instant: string, zone: string, locale: string, now = Date.now()): string => {
  const local = localAt(instant, zone)
  const day = writeDay(local.slice(0, 10), todayIn(zone, now), locale)
  return local.slice(11, 16) === '23:59' ? day : `${day} ${writeTime(local, locale)}`
}

/** `Friday, 31 January 2026` */
export const writeLongDay = (date: string, locale: string): string => written(date, locale, { dateStyle: 'full' })

export const writeMonth = (month: string, locale: string): string =>
  written(`${month}-01`, locale, { month: 'long', year: 'numeric' })

/** The seven days of a week by name, from its first day on: 1 is Monday. */
export const weekdayNames = (firstDay: number, locale: string, weekday: 'short' | 'long' = 'short'): string[] =>
  Array.from({ length: 7 }, (_, index) => written(`2026-06-0${((firstDay - 1 + index) % 7) + 1}`, locale, { weekday }))

/** The day that weeks begin with where the person lives: 1 for Monday to 7 for Sunday. */
export const firstDayOfWeek = (locale: string): number => {
  const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?(): { firstDay: number } }
  return known.getWeekInfo?.().firstDay ?? 1
}

/** The dates of a month as whole weeks. */
export const weeksOfMonth = (month: string, firstDay: number): string[][] => {
  const first = `${month}-01`
  const start = addDays(first, -((weekdayOf(first) - firstDay + 7) % 7))
  const weeks: string[][] = []
  for (let day = start; day.slice(0, 7) <= month || weeks.length === 0; day = addDays(day, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(day, index)))
  }
  return weeks
}

const hour = 3_600_000

/** `3 min ago`, `in 2 hours`, and the moment itself when it is further away. */
export const writeAgo = (instant: string, zone: string, locale: string, now = Date.now()): string => {
  const distance = Date.parse(instant) - now
  if (Math.abs(distance) > 20 * hour) return writeMoment(instant, zone, locale, now)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  if (Math.abs(distance) >= hour) return format.format(Math.round(distance / hour), 'hour')
  return format.format(Math.round(distance / 60_000), 'minute')
}

/** An ISO 8601 duration such as PT1H30M in words. */
export const writeDuration = (duration: string): string => {
  const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration)
  if (!parts) return duration
  return ['week', 'day', 'hour', 'minute', 'second']
    .flatMap((unit, index) => {
      const count = Number(parts[index + 1] ?? 0)
      return count > 0 ? [`${count} ${unit}${count === 1 ? '' : 's'}`] : []
    })
    .join(' ')
}
