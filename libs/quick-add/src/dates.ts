import type { ParsedComponents, ParsedResult } from 'chrono-node'
import { chronoFor } from './chrono.ts'
import { begin, end, follows, hourOfPart, type TimeOfDay, weekday } from './words.ts'

/** A part of the text that names a date, a time of day, or both, as wall-clock time. */
export interface Found {
  start: number
  end: number
  /** What the date is for, from the words before it. */
  role: 'due' | 'from' | 'until' | 'reminder'
  date?: Temporal.PlainDate
  /** Only the weekday was named. */
  isWeekday: boolean
  time?: TimeOfDay
  /** "at 8": morning and evening are both possible. */
  isEitherHalf: boolean
  /** The instant itself, where the text names one: "in 2 hours", a time with its offset. */
  instant?: Temporal.Instant
  /** The last day of a range: "from Monday until 30 April". */
  last?: Temporal.PlainDate
}

interface Reading {
  now: Temporal.ZonedDateTime
  locale: string | undefined
  /** Whether the task repeats: only then do "from" and "until" limit anything. */
  repeats: boolean
}

/**
 * Finds dates with chrono-node. It gets the wall clock of the zone as if that were UTC and returns the parts of dates,
 * which Temporal converts to instants, so neither the zone of the machine nor DST matters. Chrono takes many words for
 * dates that are none: `isDate` refuses them.
 */
export const findDates = (left: string, reading: Reading): Found[] => {
  const wall = new Date(`${reading.now.toPlainDateTime().toString({ smallestUnit: 'millisecond' })}Z`)
  // Chrono takes "from 1 July" for one o'clock in July.
  const seen = left.replaceAll(/\bfrom(?=\s+\d)/gi, ';;;;')
  const results = chronoFor(reading.locale).parse(seen, { instant: wall, timezone: 0 }, { forwardDate: true })
  return results.flatMap((result) => {
    const candidate = withLead(left, result)
    if (!isDate(left, candidate, reading.repeats)) return []
    const found = toFound(candidate, reading, wall)
    return found ? [found] : []
  })
}

/** A result of chrono with the words that introduce it. */
interface Candidate {
  result: ParsedResult
  start: number
  end: number
  /** The words that introduce the date: "by", "remind me on" ... */
  lead: string
  /** The date without them. */
  text: string
  /** Minutes east of UTC, when the text gives an offset. */
  offset: number | undefined
}

const leadWord = String.raw`(?:remind(?:\s+me)?|due|by|before|on|at|in|within|for|after|from|starting|beginning|until|till|through|ending)`
const leadsTo = new RegExp(String.raw`(?:${begin}${leadWord}\s+){1,3}$|(?<!\S)@\s?$`, 'iu')
const leadAndDate = new RegExp(String.raw`^(?<lead>(?:${leadWord}\s+|@\s?)*)(?<text>.*)$`, 'isu')

const withLead = (left: string, result: ParsedResult): Candidate => {
  const before = left.slice(0, result.index)
  let start = result.index - (leadsTo.exec(before)?.[0].length ?? 0)
  const zone = lowerCaseZone(result)
  const stop = result.index + result.text.length - zone
  const hasOffset = zone === 0 && !isRelative(result) && result.start.isCertain('timezoneOffset')
  // "remind me tomorrow to call Bob" says when to call.
  if (/^remind/i.test(left.slice(start)) && /^\s+to\s/i.test(left.slice(stop)))
    start += /^remind(?:\s+me)?\s+/i.exec(left.slice(start))![0].length
  const { lead, text } = leadAndDate.exec(left.slice(start, stop))!.groups!
  const offset = hasOffset ? result.start.get('timezoneOffset')! : undefined
  return { result, start, end: stop, lead: lead!.trim().toLowerCase(), text: text!.toLowerCase(), offset }
}

/**
 * The length of a lower-case time zone at the end, which is none: abbreviations are upper case, and "at 3pm art class"
 * is not about Argentina.
 */
const lowerCaseZone = (result: ParsedResult): number =>
  isRelative(result) || !result.start.isCertain('timezoneOffset')
    ? 0
    : (/[\s,(]+(?!am\b|pm\b)[a-z]{2,5}\)?$/.exec(result.text)?.[0].length ?? 0)

const isRelative = (result: ParsedResult): boolean => result.tags().has('result/relativeDate')

/** Words before a weekday that give it another meaning: the Friday report, Black Friday. */
const otherThing = new RegExp(
  String.raw`${begin}(?:the|an?|my|our|your|his|her|their|last|past|previous|since|during|of|black|good|cyber|easter|ash|palm)\s+$`,
  'iu',
)
/** "Friday or Saturday" is not a date yet. */
const or = String.raw`\s*(?:,|/|&|\band\b|\bor\b)\s*`
const orLater = new RegExp(`^${or}${weekday}${end}`, 'iu')
const orEarlier = new RegExp(`${begin}${weekday}${or}$`, 'iu')
const ends = new RegExp(`^${follows}`, 'iu')

/** Whether a date was clearly meant: a word that might also be something else stays in the title. */
const isDate = (left: string, { result, start, end: stop, lead, text }: Candidate, repeats: boolean): boolean => {
  const { start: parts } = result
  const [before, after] = [left.slice(0, start), left.slice(stop)]
  if (isRangeOfDays(result) && !(repeats && result.end!.isCertain('day'))) return false
  if (orLater.test(after) || orEarlier.test(before)) return false
  // Part of another word or number: Friday's, non-urgent-friday, 12.12.12.12
  if (/[\p{L}\p{N}_'’./#&-]$/u.test(before) || /^(?:['’-]?[\p{L}\p{N}_]|[./:]\d)/u.test(after)) return false
  if (otherThing.test(before) && !/^the\b/.test(text)) return false
  if (/\b(?:ago|last|past|previous|yesterday|earlier|before|secs?|seconds?)\b|^(?:right\s+)?now$/.test(text))
    return false
  if (isRelative(result)) {
    if (/\bfor$/.test(lead)) return false
    return (
      /\b(?:in|within)$/.test(lead) ||
      /\b(?:from now|later|hence)\b|^the day after|^next (?:week|month|year)\b/.test(text)
    )
  }
  const bound = boundOf(lead)
  const hasDay = parts.isCertain('day') || parts.isCertain('weekday')
  const hasTime = parts.isCertain('hour')
  const isTimeRange = result.end !== null && hasTime && !hasDay
  if (bound && !repeats && !/^starting/.test(lead) && !isTimeRange) return false
  if (/^(?:mon|tues?|wed|thu|thurs?|fri|sat|sun|weekend)$/.test(text)) return lead !== '' || ends.test(after)
  // 1/2 cup, 24/7, version 1.2.26
  if (/^\d{1,2}[/.-]\d{1,2}(?:\.\d\d)?$/.test(text))
    return /\b(?:on|by|due|before|from|starting|until|till)$/.test(lead)
  if (hasDay) return true
  if (/^\d{1,2}$/.test(text)) return /(?:\bat|\bby|\bbefore|@)$/.test(lead) && ends.test(after)
  if (/^(?:noon|midnight)$/.test(text)) return lead !== ''
  if (hasTime) return true
  if (hourOfPart(text) !== undefined) return /^(?:this|tonight)/.test(text)
  return bound !== undefined && repeats && parts.isCertain('month')
}

/** A range of days; a task has one due date, so the other day would be lost. */
const isRangeOfDays = ({ start, end }: ParsedResult): boolean =>
  end != null &&
  (end.isCertain('day') || end.isCertain('weekday')) &&
  (end.get('day') !== start.get('day') || end.get('month') !== start.get('month'))

const boundOf = (lead: string): 'from' | 'until' | undefined =>
  /\b(?:from|starting|beginning)\b/.test(lead)
    ? 'from'
    : /\b(?:until|till|through|ending)\b/.test(lead)
      ? 'until'
      : undefined

/** Undefined for a date that has passed or does not exist. */
const toFound = (
  { result, lead, text, offset, ...span }: Candidate,
  { now, repeats }: Reading,
  wall: Date,
): Found | undefined => {
  const parts = result.start
  const certain = (...names: Parameters<typeof parts.isCertain>[0][]) => names.some((name) => parts.isCertain(name))
  const role = /^remind/.test(lead) ? 'reminder' : (repeats && boundOf(lead)) || 'due'
  const found: Found = { start: span.start, end: span.end, role, isWeekday: false, isEitherHalf: false }
  try {
    if (result.tags().has('result/relativeDateAndTime')) {
      const milliseconds = result.start.date().getTime() - wall.getTime()
      const instant = now.toInstant().add({ milliseconds }).round({ smallestUnit: 'minute', roundingMode: 'ceil' })
      return instant.epochMilliseconds > latest ? undefined : { ...found, instant }
    }
    let date = dateOf(parts)
    const time = certain('hour') ? { hour: parts.get('hour')!, minute: parts.get('minute') ?? 0 } : partOf(text)
    if (time) {
      found.time = time
      found.isEitherHalf = !certain('meridiem') && time.hour > 0 && time.hour < 12
    }
    if (time && offset !== undefined) {
      const instant = date
        .toZonedDateTime({ timeZone: 'UTC', plainTime: time })
        .toInstant()
        .subtract({ minutes: offset })
      const isPast = Temporal.Instant.compare(instant, now.toInstant()) < 0
      if (!isPast) return { ...found, instant }
      return certain('day', 'weekday') ? undefined : { ...found, instant: instant.add({ hours: 24 }) }
    }
    const today = now.toPlainDate()
    if (isRangeOfDays(result) && result.end) found.last = dateOf(result.end)
    const isMonth = !certain('day', 'weekday') && certain('month') && !isRelative(result)
    if (isMonth && role === 'until') date = date.with({ day: date.daysInMonth })
    if (certain('day', 'weekday', 'month', 'year') || isRelative(result) || /^this/.test(text)) {
      if (Temporal.PlainDate.compare(date, today) < 0 || date.year > 8_999) return undefined
      found.isWeekday = certain('weekday') && !certain('day') && !/^(?:this|next)/.test(text)
      found.date = date
    }
    return found
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Throws RangeError when the date does not exist. */
const dateOf = (parts: ParsedComponents): Temporal.PlainDate =>
  Temporal.PlainDate.from(
    { year: parts.get('year')!, month: parts.get('month')!, day: parts.get('day')! },
    { overflow: 'reject' },
  )

const latest = Date.UTC(8999, 0, 1)

const partOf = (text: string): TimeOfDay | undefined => {
  const hour = hourOfPart(text)
  return hour === undefined ? undefined : { hour, minute: 0 }
}
