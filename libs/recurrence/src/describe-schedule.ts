import { secondsPerDay } from './calendar.ts'
import { weekdayOfStart } from './match-day.ts'
import type { Rule } from './parse-rule.ts'
import { parseSchedule, type Schedule } from './schedule.ts'

const units = {
  YEARLY: 'year',
  MONTHLY: 'month',
  WEEKLY: 'week',
  DAILY: 'day',
  HOURLY: 'hour',
  MINUTELY: 'minute',
  SECONDLY: 'second',
} as const
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** A sentence about a schedule, such as "every weekday at 09:00, Europe/Berlin"; of days only, "every weekday". */
export const describeSchedule = (schedule: Schedule, { isAllDay = false } = {}): string => {
  const parsed = parseSchedule(schedule)
  const start = new Date(parsed.start * 1_000).toISOString()
  const sentences = parsed.rules.map((rule) => {
    const when = [
      every(rule),
      ...details(
        rule,
        Math.floor(parsed.start / secondsPerDay),
        parsed.lastDayOfShorterMonths ? Number(start.slice(8, 10)) : undefined,
      ),
    ].join(' ')
    return `${when}${isAllDay ? '' : timeOf(rule, start)}${end(rule)}`
  })
  return `${sentences.join('; ') || 'on the given dates'}${isAllDay ? '' : `, ${parsed.time_zone}`}`
}

const every = ({ freq, interval, byDay }: Rule): string => {
  if (interval === 1 && freq === 'WEEKLY' && byDay?.map(({ weekday }) => weekday).join() === '0,1,2,3,4')
    return 'every weekday'
  return interval === 1 ? `every ${units[freq]}` : `every ${interval} ${units[freq]}s`
}

const details = (rule: Rule, startDay: number, clampedDay: number | undefined): string[] => {
  if (clampedDay !== undefined) return [`on day ${clampedDay}, on the last day of shorter months`]
  const parts: string[] = []
  const isWeekday = every(rule) === 'every weekday'
  if (rule.byDay && !isWeekday)
    parts.push(
      `on ${rule.byDay.map(({ weekday, nth }) => `${nth === undefined ? '' : `${ordinal(nth)} `}${weekdays[weekday]}`).join(', ')}`,
    )
  if (rule.byMonthDay) {
    const skipped = rule.byMonthDay.some((day) => day > 28) ? ' (months without it are skipped)' : ''
    const days = rule.byMonthDay.filter((day) => day > 0)
    const named = days.length > 0 ? [`day ${days.join(', ')}`] : []
    const fromEnd = rule.byMonthDay.filter((day) => day < 0).map((day) => `the ${dayFromEnd(day)}`)
    parts.push(`on ${[...named, ...fromEnd].join(', ')}${skipped}`)
  }
  if (rule.byYearDay) parts.push(`on day ${rule.byYearDay.join(', ')} of the year`)
  if (rule.byWeekNo) {
    const weekday = weekdayOfStart(rule, startDay)
    if (weekday !== undefined) parts.push(`on ${weekdays[weekday]}`)
    parts.push(`in week ${rule.byWeekNo.join(', ')}`)
  }
  if (rule.byMonth) parts.push(`in ${rule.byMonth.map((month) => months[month - 1]).join(', ')}`)
  if (rule.bySetPos) parts.push(`only the ${rule.bySetPos.map(ordinal).join(', ')} of these`)
  return parts
}

const dayFromEnd = (number: number): string => (number === -1 ? 'last day' : `${ordinal(-number)} day from the end`)

const ordinal = (number: number): string => {
  if (number === -1) return 'last'
  const size = Math.abs(number)
  const ending = size % 100 >= 11 && size % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][size % 10] ?? 'th')
  return `${size}${ending}${number < 0 ? ' from the end' : ''}`
}

const timeOf = ({ freq, byHour, byMinute }: Rule, start: string): string => {
  if (freq === 'HOURLY' || freq === 'MINUTELY' || freq === 'SECONDLY') return ''
  const two = (number: number) => String(number).padStart(2, '0')
  const hours = byHour?.map(two) ?? [start.slice(11, 13)]
  const minutes = byMinute?.map(two) ?? [start.slice(14, 16)]
  return ` at ${hours.flatMap((hour) => minutes.map((minute) => `${hour}:${minute}`)).join(', ')}`
}

const end = ({ count, until }: Rule): string => {
  if (count !== undefined) return count === 1 ? ', once' : `, ${count} times`
  return until === undefined ? '' : `, until ${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`
}
