import type { Tag } from '../languages/language.ts'
import { type Clock, isListed, readClock, readTimes } from './clock.ts'
import { type Day, readDay } from './day.ts'
import { is } from './lexemes.ts'
import { readSpan } from './span.ts'
import { endsAt, hours, type Read, read, skipComma, skipThe, type Text, wordAt } from './text.ts'
import { zoneAt } from './zones.ts'

type Role = 'due' | 'from' | 'until'

/** A day, a time of day or both, and what they are for. */
export interface When {
  role: Role
  day?: Day
  time?: Clock
  /** Minutes east of UTC, when the text gives an offset. */
  offset?: number
  /** "from 3 to 5pm": the start counts, also when nothing repeats. */
  isTimeRange?: boolean
  /** A due date also when nothing repeats: "starting friday". */
  isStart?: boolean
  /** "after friday", "friday or saturday", "monday to friday": no single date. */
  isRefused?: boolean
}

const leads: Tag[] = ['due', 'by', 'before', 'on', 'at', 'for', 'after', 'from', 'starting', 'until']

export const readWhen = (text: Text, at: number): Read<When> | undefined => {
  const { lexemes } = text
  if (at > 0 && isBarred(text, at)) return undefined
  let next = at
  const said = new Set<Tag>()
  while (
    next - at < 3 &&
    lexemes[next] &&
    lexemes[next]!.weekday === undefined &&
    lexemes[next]!.day === undefined &&
    is(lexemes[next], ...leads)
  ) {
    if (lexemes[next]!.month !== undefined || (is(lexemes[next], 'withIn') && readSpan(text, next + 1))) break
    for (const lead of leads) if (is(lexemes[next], lead)) said.add(lead)
    next++
  }
  const role: Role =
    said.has('starting') || (said.has('from') && !said.has('on'))
      ? 'from'
      : said.has('until') && !(said.has('by') && text.language.code === 'de' && said.size === 0)
        ? 'until'
        : 'due'
  const begin = skipThe(text, next)
  if (begin > next && lexemes[begin]?.weekday !== undefined && /en|de/.test(text.language.code)) return undefined
  const isDayLed = begin > next || [...said].some((lead) => lead !== 'at')
  const day = readDay(text, begin, isDayLed)
  if (day) return withTime(text, day, role, said, begin)
  return onlyTime(text, next, role, said)
}

/** Words before a date that give it another meaning: the Friday report, Friday's, since Monday. */
const isBarred = (text: Text, at: number): boolean => {
  const before = text.lexemes[at - 1]!
  const word = wordAt(text, at - 1)
  // "every blue monday"
  if (before.isWord && at > 1 && is(text.lexemes[at - 2], 'every') && text.lexemes[at]!.weekday !== undefined)
    return true
  if ((is(before, 'past', 'last') && !is(before, 'from')) || (before.ordinal ?? 0) < 0) return true
  const isArticle =
    /^(?:the|an?|my|our|your|his|her|their|of|during|black|good|cyber|der|die|das|ein|eine|mein|dein)$/.test(word) &&
    /en|de/.test(text.language.code)
  return isArticle && text.lexemes[at]!.weekday !== undefined
}

const withTime = (text: Text, day: Read<Day>, role: Role, said: Set<Tag>, begin: number): Read<When> | undefined => {
  const { lexemes } = text
  let { next } = day
  const value = role === 'from' && day.value.begins ? { ...day.value, date: day.value.begins } : day.value
  if (value.date.year < 2000) return read({ role, isRefused: true }, next)
  if (is(lexemes[next], 'ago', 'past') && !is(lexemes[next], 'before')) return undefined
  // "monday to friday", "dec 24 - dec 26"
  const isTimeNext = is(lexemes[next], 'at') && readClock(text, next + 1, true) !== undefined
  const second = isTimeNext
    ? undefined
    : is(lexemes[next], 'to') || is(lexemes[next], 'until')
      ? readDay(text, skipThe(text, next + 1), true)
      : undefined
  if (second && !value.instant) {
    if (role !== 'from' || value.isWeekday || Temporal.PlainDate.compare(second.value.date, value.date) < 0) {
      if (!(role === 'from' && is(lexemes[next], 'until') && !is(lexemes[next], 'to')))
        return read({ role, isRefused: true }, second.next)
    } else return read({ role, day: { ...value, last: second.value.date } }, second.next)
  }
  if (value.last && role !== 'from') return read({ role, isRefused: true }, next)
  const other =
    is(lexemes[next], 'or', 'and') || lexemes[next]?.isComma ? readDay(text, skipThe(text, next + 1), false) : undefined
  if (
    other &&
    (!other.value.isWeak || value.isWeekday) &&
    lexemes[next + 1]?.clock === undefined &&
    !(lexemes[next]?.isComma && !value.isWeekday)
  )
    return read({ role, isRefused: true }, other.next)
  if (value.isMonth) return role === 'due' ? undefined : read({ role, day: value }, next)
  if (value.isWeak && !endsWeak(text, next)) return undefined
  // "after friday" is not Friday.
  if (said.has('after') && !said.has('at') && !value.instant) return read({ role, isRefused: true }, next)
  if (said.has('for') && value.instant) return undefined
  if (value.instant) return read({ role, day: value }, next)
  const tonight = value.isTonight ? ('night' as const) : undefined
  const part = tonight ?? lexemes.slice(begin, next).find((each) => each.attached)?.attached
  const times = readTimes(text, next, 1, part, true)
  if (times && isListed(text, times.next)) return read({ role, isRefused: true }, times.next + 1)
  if (times) next = times.next
  else if (part === undefined && lexemes[skipComma(text, next)]?.part && is(lexemes[skipComma(text, next) + 1], 'at'))
    return read({ role, isRefused: true }, next)
  const time = times?.value[0] ?? (part ? { ...hours[part], isEither: false, isPart: true } : undefined)
  const end = time ? rangeEnd(text, next, time) : undefined
  const zone = time ? zoneAt(text, end?.next ?? next) : undefined
  return read(
    {
      role,
      day: value,
      ...(isStart(text, said) ? { isStart: true } : {}),
      ...(time ? { time } : {}),
      ...(zone ? { offset: zone.value } : {}),
    },
    zone?.next ?? end?.next ?? next,
  )
}

/** "starting friday" is due then; so is what is to be done "bis Freitag". */
const isStart = ({ language }: Text, said: Set<Tag>): boolean =>
  (said.has('starting') && !said.has('from')) || (language.code === 'de' && said.has('until'))

/** An abbreviated weekday is a date at the end, or before a sign, a time or a word such as "with". */
const endsWeak = (text: Text, next: number): boolean => {
  const after = text.lexemes[next]
  if (!after || after.isStop || after.isComma || after.clock || after.part || after.ofDay) return true
  const isTime = is(after, 'at') && readClock(text, next + 1, true) !== undefined
  return isTime || is(after, 'remind') || (next > 1 && /^(?:with|mit|avec|con)$/.test(wordAt(text, next)))
}

const onlyTime = (text: Text, at: number, role: Role, said: Set<Tag>): Read<When> | undefined => {
  const { lexemes } = text
  const first = lexemes[at]
  const isAt = said.has('at') || (said.has('from') && is(first, 'at'))
  if (is(first, 'ago', 'past')) return undefined
  if (first?.ofDay && said.size === 0) {
    const times = readTimes(text, at, 1)
    return times && !times.value[0]!.isPart ? found(text, times.value[0]!, times.next, role, said) : undefined
  }
  const isPlural = is(first, 'noon', 'midnight') && said.size === 0
  const clock = isPlural ? undefined : readClock(text, at, isAt || (is(first, 'noon', 'midnight') && said.size > 0))
  if (!clock) {
    // "from 3 to 5pm"
    const isNumber = first?.number !== undefined && (first.digits ?? 9) < 3
    const end = isNumber && is(lexemes[at + 1], 'to') ? lexemes[at + 2] : undefined
    const later =
      end?.clock ?? (end && is(lexemes[at + 3], 'am', 'pm', 'clock') ? readClock(text, at + 2, true)?.value : undefined)
    if (!later || first!.number! > 24) return undefined
    const isLater = later.hour >= 12 && first!.number! < 12 && later.hour - 12 >= first!.number! && !later.isEither
    const next = end?.clock ? at + 3 : readClock(text, at + 2, true)!.next
    const time = { hour: first!.number! + (isLater ? 12 : 0), minute: 0, isEither: later.isEither }
    return read({ role, time, isTimeRange: true }, next)
  }
  const isBare = said.size === 0 && first?.clock !== undefined && first.start !== lexemes[0]!.start
  // "buy 1:12 model": a ratio, not a time.
  if (isBare && /^\d:\d\d$/.test(text.source.slice(first!.start, first!.end)) && !endsAt(text, at + 1)) return undefined
  return found(text, clock.value, clock.next, role, said)
}

const found = (text: Text, time: Clock, at: number, role: Role, said: Set<Tag>): Read<When> => {
  const { lexemes } = text
  if (isListed(text, at)) return read({ role, isRefused: true }, at + 1)
  const end = rangeEnd(text, at, time)
  const zone = zoneAt(text, end?.next ?? at)
  let next = zone?.next ?? end?.next ?? at
  const more = { time, ...(zone ? { offset: zone.value } : {}), ...(end ? { isTimeRange: true } : {}) }
  // "at 5pm on friday"
  const index = skipComma(text, next)
  const isOn = is(lexemes[index], 'on')
  const begin = skipThe(text, isOn ? index + 1 : index)
  const day = readDay(text, begin, isOn)
  const isOne =
    day &&
    !day.value.isMonth &&
    !day.value.instant &&
    !day.value.isWeak &&
    !day.value.last &&
    day.value.date.year > 2000
  if (isOne && lexemes[day.next]?.part === undefined && !is(lexemes[day.next], 'to', 'or', 'until')) {
    next = day.next
    const night =
      day.value.isTonight && time.isEither
        ? {
            ...time,
            hour: time.hour < 6 ? time.hour : (time.hour % 12) + 12,
            isEither: false,
            ...(time.hour < 6 ? { isNextDay: true } : {}),
          }
        : time
    return read({ role, day: day.value, ...more, time: night }, next)
  }
  // "at 8 tomorrow evening"
  if (isOne && lexemes[day.next]?.part) {
    const again = readClock(
      { ...text, lexemes: [{ ...lexemes[0]!, tags: new Set(), isWord: false, clock: { ...time } }] },
      0,
      true,
      lexemes[day.next]!.part,
    )
    if (again) return read({ role, day: day.value, ...more, time: again.value }, day.next + 1)
  }
  return read({ role, ...more, ...(said.has('until') ? { role: 'until' as const } : {}) }, next)
}

/** "3-4pm": the start counts. */
const rangeEnd = (text: Text, at: number, start: Clock): Read<Clock> | undefined => {
  if (!is(text.lexemes[at], 'to', 'until')) return undefined
  const end = readClock(text, at + 1, true)
  if (!end || (end.value.hour * 60 + end.value.minute <= start.hour * 60 + start.minute && !start.isEither))
    return undefined
  if (
    start.isEither &&
    !end.value.isEither &&
    end.value.hour > 12 &&
    start.hour + 12 < end.value.hour &&
    start.hour < 12
  )
    start.hour += start.hour < 8 ? 12 : 0
  return end
}
