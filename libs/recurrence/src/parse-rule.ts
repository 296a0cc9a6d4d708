import { RecurrenceError } from './recurrence-error.ts'

const frequencies = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'] as const
type Frequency = (typeof frequencies)[number]

/** A weekday, 0 for Monday; `nth` counts it within the month or year, from the end when negative. */
export interface WeekdayNumber {
  weekday: number
  nth: number | undefined
}

/** An RRULE (RFC 5545, section 3.3.10), checked. Lists are sorted; undefined where the part is not given. */
export interface Rule {
  /** The parts as written, in capitals, without `RRULE:`. */
  text: string
  freq: Frequency
  interval: number
  count: number | undefined
  /** As written: local, UTC with Z, or a date. */
  until: string | undefined
  weekStart: number
  byMonth: number[] | undefined
  byWeekNo: number[] | undefined
  byYearDay: number[] | undefined
  byMonthDay: number[] | undefined
  byDay: WeekdayNumber[] | undefined
  byHour: number[] | undefined
  byMinute: number[] | undefined
  bySecond: number[] | undefined
  bySetPos: number[] | undefined
}

/** Enough for every day of 27 years; the bound keeps counting cheap. */
const maxCount = 10_000
const maxInterval = 10_000_000

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** The numbers of a list: each between lowest and highest, or negative where counting from the end is allowed. */
const lists = {
  BYSECOND: [0, 59, false],
  BYMINUTE: [0, 59, false],
  BYHOUR: [0, 23, false],
  BYMONTHDAY: [1, 31, true],
  BYYEARDAY: [1, 366, true],
  BYWEEKNO: [1, 53, true],
  BYMONTH: [1, 12, false],
  BYSETPOS: [1, 366, true],
} as const

/** Reads `FREQ=...;...`, with or without `RRULE:`. Throws RecurrenceError naming the part. */
export const parseRule = (written: string): Rule => {
  const text = written.replace(/^RRULE:/i, '').toUpperCase()
  const parts = new Map<string, string>()
  for (const part of text.split(';')) {
    const [, name, value] = /^([A-Z-]+)=(.+)$/.exec(part) ?? []
    if (!name || !value)
      throw new RecurrenceError('RRULE', `"${part}" is not a part of a rule, write NAME=VALUE like FREQ=DAILY`)
    if (parts.has(name)) throw new RecurrenceError(name, 'is given twice')
    if (!known.has(name)) throw new RecurrenceError(name, 'is not a part of RFC 5545 rules; leave it out')
    parts.set(name, value)
  }
  const freq = frequencies.find((each) => each === parts.get('FREQ'))
  if (!freq) throw new RecurrenceError('FREQ', `must be one of ${frequencies.join(', ')}`)
  const until = parts.get('UNTIL')
  if (until !== undefined && parts.has('COUNT')) throw new RecurrenceError('COUNT', 'cannot be together with UNTIL')
  if (until !== undefined && !isDateTime(until))
    throw new RecurrenceError('UNTIL', 'must be like 20261231T235959Z, 20261231T235959 or 20261231')
  const list = (name: keyof typeof lists) => numbers(name, parts.get(name))
  const rule: Rule = {
    text,
    freq,
    interval: positive('INTERVAL', parts.get('INTERVAL'), maxInterval) ?? 1,
    count: positive('COUNT', parts.get('COUNT'), maxCount),
    until,
    weekStart: weekdayOf('WKST', parts.get('WKST') ?? 'MO'),
    byMonth: list('BYMONTH'),
    byWeekNo: list('BYWEEKNO'),
    byYearDay: list('BYYEARDAY'),
    byMonthDay: list('BYMONTHDAY'),
    byDay: parts.get('BYDAY')?.split(',').map(weekdayNumber),
    byHour: list('BYHOUR'),
    byMinute: list('BYMINUTE'),
    bySecond: list('BYSECOND'),
    bySetPos: list('BYSETPOS'),
  }
  checkCombination(rule)
  return rule
}

const known = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY', ...Object.keys(lists)])

const positive = (name: string, text: string | undefined, highest: number): number | undefined => {
  if (text === undefined) return undefined
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (value < 1 || value > highest) throw new RecurrenceError(name, `must be a whole number from 1 to ${highest}`)
  return value
}

const numbers = (name: keyof typeof lists, text: string | undefined): number[] | undefined => {
  if (text === undefined) return undefined
  const [lowest, highest, fromEnd] = lists[name]
  const values = text.split(',').map((item) => {
    const value = /^[+-]?\d{1,3}$/.test(item) ? Number(item) : Number.NaN
    const size = fromEnd ? Math.abs(value) : value
    if (!(size >= lowest && size <= highest)) {
      throw new RecurrenceError(
        name,
        `${item} is not a number from ${lowest} to ${highest}${fromEnd ? ' or from the end, like -1' : ''}`,
      )
    }
    return value
  })
  if (new Set(values).size !== values.length) throw new RecurrenceError(name, 'names a number twice')
  return values.toSorted((a, b) => a - b)
}

const weekdayOf = (part: string, text: string): number => {
  const weekday = weekdays.indexOf(text)
  if (weekday < 0) throw new RecurrenceError(part, `${text} is not a weekday; write one of ${weekdays.join(', ')}`)
  return weekday
}

const weekdayNumber = (text: string): WeekdayNumber => {
  const [, number, name = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text) ?? [undefined, undefined, text]
  const nth = number === undefined ? undefined : Number(number)
  if (nth !== undefined && (nth === 0 || Math.abs(nth) > 53))
    throw new RecurrenceError('BYDAY', `${text} must count from 1 to 53`)
  return { weekday: weekdayOf('BYDAY', name), nth }
}

const checkCombination = ({ freq, byDay, byWeekNo, bySetPos, ...rule }: Rule): void => {
  const counted = byDay?.some(({ nth }) => nth !== undefined) ?? false
  if (counted && freq !== 'MONTHLY' && freq !== 'YEARLY')
    throw new RecurrenceError('BYDAY', 'numbers like 1MO belong to FREQ=MONTHLY or YEARLY')
  if (counted && byWeekNo) throw new RecurrenceError('BYDAY', 'numbers like 1MO cannot be together with BYWEEKNO')
  const others = [
    byDay,
    byWeekNo,
    rule.byMonth,
    rule.byYearDay,
    rule.byMonthDay,
    rule.byHour,
    rule.byMinute,
    rule.bySecond,
  ]
  if (bySetPos && others.every((each) => each === undefined)) {
    throw new RecurrenceError('BYSETPOS', 'needs another BY part to choose from, like BYDAY')
  }
}

const isDateTime = (text: string): boolean => {
  const [, date, time] = /^(\d{8})(?:T(\d{6})Z?)?$/.exec(text) ?? []
  if (!date) return false
  try {
    Temporal.PlainDateTime.from(
      `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${(time ?? '000000').replace(/(..)(..)(..)/, '$1:$2:$3')}`,
      { overflow: 'reject' },
    )
    return true
  } catch {
    return false
  }
}
