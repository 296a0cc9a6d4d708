import type { Tag } from '../languages/language.ts'
import { type Day, day, isPast, monday, nearest, type Reader, refused, today, yearAt } from './calendar.ts'
import { dates, numeric, ordinals } from './dates.ts'
import { holidayIn } from './holidays.ts'
import { is } from './lexemes.ts'
import { edges, periods, within } from './periods.ts'
import { readSpan } from './span.ts'
import { endsAt, read, skip, skipComma, skipThe, type Text } from './text.ts'

export type { Day } from './calendar.ts'

/** Undefined for what is no day, has passed or does not exist. */
export const readDay: Reader = (text, at, isLed) => {
  for (const reader of readers) {
    try {
      const found = reader(text, at, isLed)
      if (found && found.value.date.year < 8_999) return found
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
  return undefined
}

const named: Reader = (text, at) => {
  const lexeme = text.lexemes[at]
  if (is(lexeme, 'endOfDay')) return day(today(text), at + 1, { isEnd: true })
  if (lexeme?.day === undefined) return undefined
  const date = today(text).add({ days: lexeme.day })
  return weeksLater(text, date, at + 1) ?? day(date, at + 1, lexeme.isTonight ? { isTonight: true } : {})
}

/** "vendredi en huit", "demain en quinze": a week or two after that day. */
const weeksLater = (text: Text, date: Temporal.PlainDate, at: number) => {
  const weeks = ['weekLater', 'twoWeeksLater'].findIndex((tag) => is(text.lexemes[at], tag as Tag)) + 1
  return weeks > 0 ? day(date.add({ weeks }), at + 1) : undefined
}

/** "this evening", "ce soir": today. */
const partOfToday: Reader = (text, at) => {
  const [first, second] = text.lexemes.slice(at, at + 2)
  return is(first, 'this') && second?.part && second.weekday === undefined ? day(today(text), at + 1) : undefined
}

const spans: Reader = (text, at) => {
  const { lexemes } = text
  if (is(lexemes[at], 'withIn')) {
    const span = readSpan(text, at + 1)
    if (!span || is(lexemes[span.next], 'from', 'of')) return undefined
    const { value } = later(text, span.value)
    // "in 2 weeks on monday"
    const on = skip(text, span.next, (each) => is(each, 'on'))
    const weekday = value.instant === undefined && on > span.next ? lexemes[on]?.weekday : undefined
    if (weekday !== undefined) return day(nearest(value.date, weekday), on + 1)
    return read(value, span.next)
  }
  // "the day before christmas", "the day after easter"
  if (is(lexemes[at], 'dayBefore')) {
    const anchor = readDay(text, skipThe(text, at + 1), true)
    const date = anchor?.value.date.subtract({ days: 1 })
    return date && !isPast(text, date) ? day(date, anchor!.next) : undefined
  }
  const span = readSpan(text, at, lexemes[at]?.unit === 'day' && is(lexemes[at + 1], 'after'))
  if (!span) return undefined
  if (is(lexemes[span.next], 'fromNow')) return read(later(text, span.value).value, span.next + 1)
  if (!is(lexemes[span.next], 'from', 'after', 'on', 'before') || span.value.hours + span.value.minutes > 0)
    return undefined
  const from = readDay(text, skipThe(text, span.next + 1), true)
  if (!from || from.value.instant) return undefined
  const anchor =
    from.value.isWeekday && from.value.date.equals(today(text)) ? from.value.date.add({ days: 7 }) : from.value.date
  if (!is(lexemes[span.next], 'before')) return day(anchor.add(span.value), from.next)
  const earlier = anchor.subtract(span.value)
  return isPast(text, earlier) ? refused(from.next) : day(earlier, from.next)
}

const later = (text: Text, span: Temporal.Duration): { value: Day } => {
  const { now } = text
  const moved = now.add(span)
  if (moved.year >= 8_999) throw new RangeError('too far away')
  if (span.hours + span.minutes === 0) return { value: { date: moved.toPlainDate() } }
  const instant = now.add(span).round({ smallestUnit: 'minute', roundingMode: 'ceil' })
  return { value: { date: instant.toPlainDate(), instant } }
}

/** "friday", "next friday", "friday the 13th", "friday, 5 may", "monday in 2 weeks", "friday next week" */
const weekdays: Reader = (text, at, isLed) => {
  const { lexemes, language } = text
  const isNext = is(lexemes[at], 'next')
  const isThis = is(lexemes[at], 'this')
  const start = isNext || isThis ? at + 1 : at
  const lexeme = lexemes[start]
  if (lexeme?.weekday === undefined || lexeme.isPlural) return undefined
  const { weekday } = lexeme
  const now = today(text)
  const coming = now.add({ days: (weekday - now.dayOfWeek + 7) % 7 })
  const nextWeek = monday(now).add({ days: 6 + weekday })
  if (isNext) return day(nextWeek, start + 1)
  const later = weeksLater(text, coming, start + 1)
  if (later) return later
  const after = lexemes[start + 1]
  if (language.code !== 'en' && is(after, 'nextAfter')) {
    // "lundi prochain" is the coming Monday, "lundi de la semaine prochaine" that of next week.
    const isOfWeek = /semaine|semana/.test(text.source.slice(after!.start, after!.end))
    return day(isOfWeek ? nextWeek : coming.equals(now) ? coming.add({ days: 7 }) : coming, start + 2)
  }
  if (isThis) return day(coming, start + 1)
  if (is(after, 'of') && is(lexemes[skipThe(text, start + 2)], 'this', 'next')) {
    const of = skipThe(text, start + 2)
    if (lexemes[of + 1]?.unit !== 'week') return undefined
    const date = is(lexemes[of], 'next') ? nextWeek : nextWeek.subtract({ days: 7 })
    return isPast(text, date) ? refused(of + 2) : day(date, of + 2)
  }
  if (is(after, 'next') && lexemes[start + 2]?.unit === 'week') return day(nextWeek, start + 3)
  if (after?.unit === 'week' && language.code === 'en')
    return day((coming.equals(now) ? coming : coming).add({ days: 7 }), start + 2)
  if (is(after, 'withIn')) {
    const span = readSpan(text, start + 2)
    if (span && span.value.hours + span.value.minutes === 0)
      return day(nearest(now.add(span.value), weekday), span.next)
  }
  // A date that follows must be on that weekday.
  const rest = skipThe(
    text,
    skip(text, skipComma(text, start + 1), (each) => is(each, 'on') || is(each, 'the')),
  )
  const other = dates(text, rest, true) ?? numeric(text, rest, true)
  if (other && !other.value.isMonth && !other.value.last)
    return other.value.date.dayOfWeek === weekday ? day(other.value.date, other.next) : refused(other.next)
  const ordinal = lexemes[rest]
  if (
    ordinal?.ordinal !== undefined &&
    ordinal.ordinal > 0 &&
    ordinal.number !== undefined &&
    endsAt(text, rest + 1, true)
  ) {
    const found = Array.from({ length: 24 }, (_, months) => now.with({ day: 1 }).add({ months }))
      .filter((first) => ordinal.ordinal! <= first.daysInMonth)
      .map((first) => first.with({ day: ordinal.ordinal! }))
      .find((date) => date.dayOfWeek === weekday && !isPast(text, date))
    return found ? day(found, rest + 1) : undefined
  }
  const isWeak = lexeme.isShort === true && !isLed
  return day(coming, start + 1, { isWeekday: true, ...(isWeak ? { isWeak } : {}) })
}

const holidays: Reader = (text, at) => {
  const { lexemes } = text
  // "the second sunday of advent"
  const sunday = is(lexemes[at + 1], 'advent') ? (lexemes[at]?.ordinal ?? 0) : 0
  if (sunday > 4) return refused(at + 2)
  const name = sunday > 0 ? `advent${sunday}` : lexemes[at]?.holiday
  if (name === undefined) return undefined
  const end = sunday > 0 ? at + 2 : at + 1
  const year = yearAt(text, end)
  const date = holidayIn(name, year.value ?? today(text).year)
  if (!isPast(text, date)) return day(date, year.next)
  return year.value === undefined ? day(holidayIn(name, date.year + 1), end) : undefined
}

const readers: Reader[] = [
  named,
  partOfToday,
  holidays,
  spans,
  edges,
  within,
  periods,
  numeric,
  dates,
  weekdays,
  ordinals,
]
