import type { Budget } from './budget.ts'
import { dayOf, daysInMonth, secondsPerDay } from './calendar.ts'
import { generate } from './generate.ts'
import { parseRule, type Rule } from './parse-rule.ts'
import { RecurrenceError } from './recurrence-error.ts'

/** A recurrence as people write it. */
export interface Schedule {
  /** daily | weekly | monthly | yearly, an RRULE, or DTSTART, RRULE, RDATE and EXDATE lines. */
  rule: string
  /** For the short forms: every so many days, weeks, months or years. */
  interval: number
  /** Local date-time of the first occurrence, like 2026-01-31T09:00:00; DTSTART in the rule overrides it. */
  start: string
  /** IANA name; TZID of DTSTART overrides it. */
  time_zone: string
}

export interface Occurrence {
  /** Wall-clock time in the schedule's zone. */
  local: string
  /** UTC, ISO 8601 with Z. */
  instant: string
}

/** A parsed schedule; times are local, in seconds since 1970 as if local time were UTC. */
export interface Parsed {
  rules: Rule[]
  start: number
  time_zone: string
  added: number[]
  excluded: Set<number>
  /** A short form on a day that shorter months lack: in those it means the last day. */
  lastDayOfShorterMonths: boolean
}

const shortForms = { daily: 'DAILY', weekly: 'WEEKLY', monthly: 'MONTHLY', yearly: 'YEARLY' } as const
const isShortForm = (rule: string): rule is keyof typeof shortForms => Object.hasOwn(shortForms, rule)

/** Known time zones, because checking is slow. Bounded: names may be written in any mixture of cases. */
const timeZones = new Set<string>()

export const isTimeZone = (text: string): boolean => {
  if (timeZones.has(text)) return true
  if (/^[+-]/.test(text)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    if (timeZones.size < 1_000) timeZones.add(text)
    return true
  } catch {
    return false
  }
}

const maxRules = 3
const earliestStart = dayOf(1900, 1, 1) * secondsPerDay

/**
 * Checks a rule that is about to be saved, without expanding it. Throws RecurrenceError. Rules that were saved before
 * these bounds are still expanded.
 */
export const checkRule = (rule: string, interval = 1): void => {
  const { rules, start } = parseSchedule({ rule, interval, start: '2000-01-01T00:00:00', time_zone: 'UTC' })
  if (rules.length > maxRules)
    throw new RecurrenceError('RRULE', `is given ${rules.length} times; write at most ${maxRules} RRULE lines`)
  if (start < earliestStart) throw new RecurrenceError('DTSTART', 'must be in 1900 or later')
}

export const parseSchedule = ({ rule, interval, start, time_zone }: Schedule): Parsed => {
  if (!Number.isInteger(interval) || interval < 1)
    throw new RecurrenceError('INTERVAL', 'must be a whole number, at least 1')
  if (isShortForm(rule))
    return parseShortForm(
      rule,
      interval,
      localSeconds(start.replaceAll(/[-:]/g, '').slice(0, 15), 'DTSTART'),
      time_zone,
    )
  const parsed: Parsed = {
    rules: [],
    start: localSeconds(start.replaceAll(/[-:]/g, '').slice(0, 15), 'DTSTART'),
    time_zone,
    added: [],
    excluded: new Set(),
    lastDayOfShorterMonths: false,
  }
  const lines = rule.trim().split(/\r?\n|\\n/)
  for (const line of lines) readLine(parsed, line.trim())
  if (parsed.rules.length === 0 && parsed.added.length === 0)
    throw new RecurrenceError('RRULE', 'write daily, weekly, monthly, yearly or an RRULE like FREQ=WEEKLY;BYDAY=MO')
  if (interval > 1 && parsed.rules.some((each) => each.interval === 1)) {
    parsed.rules = parsed.rules.map((each) => (each.interval === 1 ? { ...each, interval } : each))
  }
  return parsed
}

const parseShortForm = (rule: keyof typeof shortForms, interval: number, start: number, time_zone: string): Parsed => {
  const day = new Date(start * 1_000).getUTCDate()
  const month = new Date(start * 1_000).getUTCMonth() + 1
  // The last of the days 28 to 31 that exists: 31 January, 28 February, 31 March, without drifting to 28.
  const clamps = day > 28 && (rule === 'monthly' || (rule === 'yearly' && month === 2))
  const days = [28, 29, 30, 31].filter((each) => each <= day).join()
  const clamped = clamps ? `;BYMONTHDAY=${days};BYSETPOS=-1${rule === 'yearly' ? `;BYMONTH=${month}` : ''}` : ''
  return {
    rules: [parseRule(`FREQ=${shortForms[rule]};INTERVAL=${interval}${clamped}`)],
    start,
    time_zone,
    added: [],
    excluded: new Set(),
    lastDayOfShorterMonths: clamps,
  }
}

const readLine = (parsed: Parsed, line: string): void => {
  const [, name = '', parameters = '', value = ''] =
    /^(DTSTART|RDATE|EXDATE|RRULE|EXRULE)((?:;[^:]*)?):(.*)$/i.exec(line) ?? []
  switch (name.toUpperCase()) {
    case '':
      parsed.rules.push(parseRule(line))
      return
    case 'RRULE':
      parsed.rules.push(parseRule(value))
      return
    case 'EXRULE':
      throw new RecurrenceError('EXRULE', 'is no longer part of RFC 5545; leave out single dates with EXDATE')
  }
  const zone = /;TZID=([^;:]+)/i.exec(parameters)?.[1]
  if (zone !== undefined && !isTimeZone(zone))
    throw new RecurrenceError('TZID', `${zone} is not an IANA time zone, like Europe/Berlin`)
  if (name.toUpperCase() === 'DTSTART') {
    if (zone) parsed.time_zone = zone
    else if (value.endsWith('Z')) parsed.time_zone = 'UTC'
    parsed.start = localSeconds(value, 'DTSTART')
    return
  }
  for (const item of value.split(',')) {
    const part = name.toUpperCase()
    const seconds = item.endsWith('Z') ? toLocal(item, parsed.time_zone, part) : localSeconds(item, part)
    if (part === 'RDATE') parsed.added.push(seconds)
    else parsed.excluded.add(seconds)
  }
}

/** `20260131T090000`, with or without Z, or `20260131`, in seconds as if it were UTC. */
const localSeconds = (text: string, part: string): number => {
  const [, year, month, day, hour = '0', minute = '0', second = '0'] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?$/.exec(text) ?? []
  const valid =
    year &&
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= daysInMonth(Number(year), Number(month))
  if (!valid || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    throw new RecurrenceError(part, `${text} is not a date-time like 20260131T090000`)
  }
  return (
    dayOf(Number(year), Number(month), Number(day)) * secondsPerDay +
    Number(hour) * 3_600 +
    Number(minute) * 60 +
    Number(second)
  )
}

/** A UTC time as wall-clock time of a zone, in seconds as if that were UTC. */
const toLocal = (text: string, time_zone: string, part: string): number => {
  const seconds = localSeconds(text, part)
  const zoned = Temporal.Instant.fromEpochMilliseconds(seconds * 1_000).toZonedDateTimeISO(time_zone)
  return seconds + Math.round(zoned.offsetNanoseconds / 1e9)
}

/** Up to which local time a rule runs. A UTC instant is turned into local time first; a date means its whole day. */
export const untilOf = ({ until }: Rule, time_zone: string): number => {
  if (until === undefined) return Number.POSITIVE_INFINITY
  if (until.endsWith('Z')) return toLocal(until, time_zone, 'UNTIL')
  return localSeconds(until, 'UNTIL') + (until.includes('T') ? 0 : secondsPerDay - 1)
}

/** The local times of a schedule from `from` on, ascending, each once. */
export function* localTimes(parsed: Parsed, from: number, budget: Budget): Generator<number> {
  const { rules, start, time_zone, added, excluded } = parsed
  const sources: IteratorObject<number>[] = rules.map((rule) =>
    generate(rule, start, { from, until: untilOf(rule, time_zone) }, budget),
  )
  if (added.length > 0)
    sources.push(
      added
        .filter((time) => time >= from)
        .toSorted((a, b) => a - b)
        .values(),
    )
  const heads = sources.map((source) => source.next())
  let last = Number.NEGATIVE_INFINITY
  while (true) {
    budget.spend(heads.length)
    let index = -1
    let time = Number.POSITIVE_INFINITY
    for (let each = 0; each < heads.length; each++) {
      const head = heads[each]!
      if (!head.done && head.value < time) [index, time] = [each, head.value]
    }
    if (index < 0) return
    if (time > last && time >= from && !excluded.has(time)) yield time
    last = Math.max(last, time)
    // Only now: who needs one date does not pay for the next.
    heads[index] = sources[index]!.next()
  }
}
