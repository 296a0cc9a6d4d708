import { holidayIn } from './holidays.ts'
import { is, type Lexeme } from './lexemes.ts'
import { readSpan } from './span.ts'
import { endsAt, type Read, read, skip, skipComma, skipThe, type Text } from './text.ts'

/** A day as it was named. */
export interface Day {
  date: Temporal.PlainDate
  /** Only a weekday was named: today's means the next. */
  isWeekday?: boolean
  /** "tonight" */
  isTonight?: boolean
  /** The end of the day. */
  isEnd?: boolean
  /** The last day of a range: "1 to 10 may". */
  last?: Temporal.PlainDate
  /** Only a month was named: "until December". */
  isMonth?: boolean
  /** Could be something else, unless a word such as "on" introduces it. */
  isWeak?: boolean
  /** Hours and minutes from now. */
  instant?: Temporal.ZonedDateTime
}

type Reader = (text: Text, at: number, isLed: boolean) => Read<Day> | undefined

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

const today = ({ now }: Text) => now.toPlainDate()
const isPast = (text: Text, date: Temporal.PlainDate) => Temporal.PlainDate.compare(date, today(text)) < 0
const monday = (date: Temporal.PlainDate) => date.subtract({ days: date.dayOfWeek - 1 })

/** The next date with a month and day; the last day of February for the 29th is no date. */
const nextDate = (text: Text, month: number, day: number, year?: number): Temporal.PlainDate | undefined => {
  const on = (year: number) => Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  if (year !== undefined) {
    const date = on(year)
    return isPast(text, date) ? undefined : date
  }
  const date = on(today(text).year)
  return isPast(text, date) ? on(today(text).year + 1) : date
}

const day = (date: Temporal.PlainDate | undefined, next: number, more: Partial<Day> = {}): Read<Day> | undefined =>
  date && read({ date, ...more }, next)

const named: Reader = (text, at) => {
  const lexeme = text.lexemes[at]
  if (is(lexeme, 'endOfDay')) return day(today(text), at + 1, { isEnd: true })
  if (lexeme?.day === undefined) return undefined
  return day(today(text).add({ days: lexeme.day }), at + 1, lexeme.isTonight ? { isTonight: true } : {})
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
  const span = readSpan(text, at)
  if (!span) return undefined
  if (is(lexemes[span.next], 'fromNow')) return read(later(text, span.value).value, span.next + 1)
  if (!is(lexemes[span.next], 'from', 'after', 'on') || span.value.hours + span.value.minutes > 0) return undefined
  const from = readDay(text, skipThe(text, span.next + 1), true)
  if (!from || from.value.instant) return undefined
  const anchor =
    from.value.isWeekday && from.value.date.equals(today(text)) ? from.value.date.add({ days: 7 }) : from.value.date
  return day(anchor.add(span.value), from.next)
}

const later = (text: Text, span: Temporal.Duration): { value: Day } => {
  const { now } = text
  const moved = now.add(span)
  if (moved.year >= 8_999) throw new RangeError('too far away')
  if (span.hours + span.minutes === 0) return { value: { date: moved.toPlainDate() } }
  const instant = now.add(span).round({ smallestUnit: 'minute', roundingMode: 'ceil' })
  return { value: { date: instant.toPlainDate(), instant } }
}

const nearest = (date: Temporal.PlainDate, weekday: number) =>
  date.add({ days: ((weekday - date.dayOfWeek + 10) % 7) - 3 })

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

const refused = (next: number): Read<Day> => read({ date: Temporal.PlainDate.from('1970-01-01') }, next)

const yearAt = (text: Text, at: number): Read<number | undefined> => {
  const index = skipComma(text, at)
  const lexeme = text.lexemes[skip(text, index, (each) => is(each, 'of'))]
  const isYear = lexeme?.digits === 4 && lexeme.number! >= 1900 && !is(text.lexemes[index + 1], 'clock', 'am', 'pm')
  return isYear ? read(lexeme.number!, text.lexemes.indexOf(lexeme) + 1) : read(undefined, at)
}

/** "26 Dec", "Dec 26", "the 3rd of december 2027", "1 to 10 may" */
const dates: Reader = (text, at, isLed) => {
  const { lexemes } = text
  const first = lexemes[at]
  const dayOf = (lexeme: Lexeme | undefined) =>
    lexeme && (lexeme.digits ?? 0) < 3 && lexeme.clock === undefined
      ? (lexeme.number ?? (lexeme.ordinal && lexeme.ordinal > 0 ? lexeme.ordinal : undefined))
      : undefined
  if (first?.month !== undefined && !(first.weekday !== undefined && first.isShort)) {
    const index = skipThe(
      text,
      skip(text, at + 1, (each) => is(each, 'on')),
    )
    const number = dayOf(lexemes[index])
    const isTime =
      is(lexemes[index + 1], 'am', 'pm', 'clock') ||
      lexemes[index + 1]?.unit !== undefined ||
      lexemes[index + 1]?.month !== undefined
    if (number !== undefined && !isTime && lexemes[index]?.number !== undefined) {
      const range = rangeEnd(text, index + 1)
      const year = yearAt(text, range?.next ?? index + 1)
      const date = nextDate(text, first.month, number, year.value)
      return day(date, year.next, range && date ? { last: date.with({ day: range.value }) } : {})
    }
    if (first.isShort && !isLed) return undefined
    const year = yearAt(text, at + 1)
    const start = nextMonth(text, first.month, year.value)
    return start && day(start, year.next, { isMonth: true })
  }
  const number = dayOf(first)
  if (number === undefined) return undefined
  const range = rangeEnd(text, at + 1)
  const of = range?.next ?? at + 1
  const monthAt = skip(text, of, (each) => is(each, 'of') && each.month === undefined)
  const month = lexemes[monthAt]?.month
  if (month === undefined) return undefined
  // "Mar 5" in Spanish may be a Tuesday, "5 mar" is in March.
  const year = yearAt(text, monthAt + 1)
  const date = nextDate(text, month, number, year.value)
  return day(date, year.next, range && date ? { last: date.with({ day: range.value }) } : {})
}

const rangeEnd = ({ lexemes }: Text, at: number): Read<number> | undefined => {
  const end = lexemes[at + 1]
  return is(lexemes[at], 'to', 'until') &&
    end?.number !== undefined &&
    (end.digits ?? 2) < 3 &&
    end.number > 0 &&
    end.number < 32
    ? read(end.number, at + 2)
    : undefined
}

const nextMonth = (text: Text, month: number, year?: number): Temporal.PlainDate | undefined => {
  const now = today(text).with({ day: 1 })
  const date = Temporal.PlainDate.from({ year: year ?? now.year, month, day: 1 })
  if (Temporal.PlainDate.compare(date, now) >= 0) return date
  return year === undefined ? date.add({ years: 1 }) : undefined
}

const numeric: Reader = (text, at, isLed) => {
  const lexeme = text.lexemes[at]
  if (lexeme?.iso !== undefined) {
    const { iso } = lexeme
    if (iso.length > 10) {
      const instant = /(?:Z|[+-]\d\d:?\d\d)$/.test(iso)
        ? Temporal.Instant.from(iso).toZonedDateTimeISO(text.now.timeZoneId)
        : Temporal.PlainDateTime.from(iso).toZonedDateTime(text.now.timeZoneId)
      if (Temporal.ZonedDateTime.compare(instant, text.now) < 0) return undefined
      return day(instant.toPlainDate(), at + 1, { instant })
    }
    const date = Temporal.PlainDate.from(iso)
    return isPast(text, date) ? undefined : day(date, at + 1)
  }
  if (!lexeme?.date) return undefined
  const { first, second, year, sign } = lexeme.date
  const isMonthFirst = (text.monthFirst && sign !== '.' && sign !== 'd.m.') || second > 12
  const [d, m] = isMonthFirst && first <= 12 ? [second, first] : [first, second]
  const isClear =
    (year !== undefined &&
      (year < 2000 + 100
        ? sign !== '.' || year > 2099 || String(text.source.slice(lexeme.start, lexeme.end)).length > 8
        : true)) ||
    (sign === 'd.m.' && text.language.code === 'de')
  if (!isClear && !isLed) return undefined
  if (sign === '.' && year === undefined && text.language.code === 'en' && !isLed) return undefined
  return day(nextDate(text, m, d, year), at + 1)
}

/** "on the 15th", "the 15th of next month", "le 15" */
const ordinals: Reader = (text, at, isLed) => {
  const { lexemes, language } = text
  const lexeme = lexemes[at]
  const isArticle = language.code === 'fr' || language.code === 'es'
  const number = lexeme?.ordinal ?? (isArticle && isLed && (lexeme?.digits ?? 9) < 3 ? lexeme?.number : undefined)
  if (number === undefined || number < 1 || number > 31 || lexeme?.number === undefined) return undefined
  const now = today(text).with({ day: 1 })
  if (is(lexemes[at + 1], 'of') || is(lexemes[at + 1], 'next')) {
    const index = is(lexemes[at + 1], 'of') ? skipThe(text, at + 2) : at + 1
    if (is(lexemes[index], 'next') && lexemes[index + 1]?.unit === 'month')
      return day(now.add({ months: 1 }).with({ day: number }, { overflow: 'reject' }), index + 2)
    if (is(lexemes[index], 'this') && lexemes[index + 1]?.unit === 'month') {
      const date = now.with({ day: number }, { overflow: 'reject' })
      return isPast(text, date) ? undefined : day(date, index + 2)
    }
    if (is(lexemes[at + 1], 'of')) return undefined
  }
  const next = is(lexemes[at + 1], 'ofMonth') ? at + 2 : at + 1
  if (
    !isLed ||
    is(lexemes[next], 'ofEachMonth', 'past', 'to', 'and', 'or') ||
    lexemes[next]?.unit !== undefined ||
    !endsAt(text, next, true)
  )
    return undefined
  const months = [0, 1, 2].map((months) => now.add({ months }))
  const fits = months.find((first) => number <= first.daysInMonth && !isPast(text, first.with({ day: number })))
  return fits && day(fits.with({ day: number }), next)
}

/** "next week", "this weekend", "next week on monday" */
const periods: Reader = (text, at) => {
  const { lexemes } = text
  const [first, second] = [lexemes[at], lexemes[at + 1]]
  // "la semaine prochaine" is one phrase, as it may follow a weekday.
  if (is(first, 'nextAfter') && /semaine|semana/.test(text.source.slice(first!.start, first!.end)))
    return day(today(text).add({ days: 7 }), at + 1)
  const isPrefix = is(first, 'next', 'this') && second?.unit !== undefined
  const isAfter = text.language.code !== 'en' && first?.unit !== undefined && is(second, 'nextAfter')
  if (!isPrefix && !isAfter) return undefined
  const unit = isPrefix ? second!.unit! : first!.unit!
  const isNext = isAfter || is(first, 'next')
  const now = today(text)
  if (unit === 'weekend') {
    const saturday = monday(now).add({ days: 5 })
    if (isNext) return day(saturday.add({ days: 7 }), at + 2)
    return day(now.dayOfWeek === 7 ? now : saturday, at + 2)
  }
  if (!isNext || unit === 'day' || unit === 'hour' || unit === 'minute') return undefined
  if (unit === 'week') {
    const on = skip(text, at + 2, (each) => is(each, 'on'))
    const weekday = lexemes[on]?.isPlural ? undefined : lexemes[on]?.weekday
    if (weekday !== undefined && !(lexemes[on]?.isShort && on === at + 2))
      return day(monday(now).add({ days: 6 + weekday }), on + 1)
  }
  const added = { week: { days: 7 }, month: { months: 1 }, year: { years: 1 }, quarter: { months: 3 } }[unit as 'week']
  return added && day(now.add(added), at + 2)
}

/** "end of month", "mid january", "beginning of next week" */
const edges: Reader = (text, at) => {
  const { lexemes } = text
  const edge = is(lexemes[at], 'begin')
    ? 'begin'
    : is(lexemes[at], 'mid')
      ? 'mid'
      : is(lexemes[at], 'end')
        ? 'end'
        : undefined
  if (!edge) return undefined
  let index = at + 1
  while (
    is(lexemes[index], 'of', 'the') ||
    (edge === 'mid' && is(lexemes[index], 'to') && lexemes[index]!.end - lexemes[index]!.start === 1)
  )
    index++
  const now = today(text)
  const inMonth = (first: Temporal.PlainDate) =>
    first.with({ day: { begin: 1, mid: 15, end: first.daysInMonth }[edge] })
  const month = lexemes[index]?.month
  if (month !== undefined) {
    const year = yearAt(text, index + 1)
    const date = inMonth(nextMonth(text, month, year.value) ?? now.subtract({ years: 1 }))
    return day(
      isPast(text, date)
        ? year.value === undefined
          ? inMonth(date.with({ day: 1 }).add({ years: 1 }))
          : undefined
        : date,
      year.next,
    )
  }
  const isNext = is(lexemes[index], 'next')
  const isThis = is(lexemes[index], 'this')
  if (isNext || isThis) index++
  const unit = lexemes[index]?.unit
  let next = index + 1
  let isLater = isNext
  if (text.language.code !== 'en' && is(lexemes[next], 'nextAfter')) [isLater, next] = [true, next + 1]
  const upcoming = (of: (plus: number) => Temporal.PlainDate) => {
    const date = of(isLater ? 1 : 0)
    return isPast(text, date) && !isLater ? of(1) : date
  }
  if (unit === 'month')
    return day(
      upcoming((months) => inMonth(now.with({ day: 1 }).add({ months }))),
      next,
    )
  if (unit === 'week') {
    const days = { begin: 0, mid: 2, end: 4 }[edge]
    const date = monday(now).add({ days: days + (isLater ? 7 : 0) })
    if (edge === 'end' && isPast(text, date)) return day(monday(now).add({ days: 6 }), next)
    return day(isPast(text, date) ? date.add({ days: 7 }) : date, next)
  }
  if (unit === 'year')
    return day(
      upcoming((years) =>
        Temporal.PlainDate.from({
          year: now.year + years,
          ...{ begin: { month: 1, day: 1 }, mid: { month: 7, day: 1 }, end: { month: 12, day: 31 } }[edge],
        }),
      ),
      next,
    )
  if (unit === 'quarter' && edge !== 'mid')
    return day(
      upcoming((plus) => {
        const first = now.with({ month: now.month - ((now.month - 1) % 3), day: 1 }).add({ months: plus * 3 })
        return edge === 'begin' ? first : first.add({ months: 3 }).subtract({ days: 1 })
      }),
      next,
    )
  return undefined
}

/** "first monday of january", "last day of next month" */
const within: Reader = (text, at) => {
  const { lexemes } = text
  const nth = lexemes[at]?.ordinal
  const [of, what] = [lexemes[at + 2], lexemes[at + 1]]
  if (nth === undefined || (what?.weekday === undefined && what?.unit !== 'day' && what?.unit !== 'workday'))
    return undefined
  let next = at + 3
  const isOfMonth = is(of, 'ofMonth')
  if (!isOfMonth && !is(of, 'of')) return undefined
  const now = today(text)
  const pick = (first: Temporal.PlainDate) => {
    const days = Array.from({ length: first.daysInMonth }, (_, index) => first.with({ day: index + 1 })).filter(
      (date) =>
        what.weekday !== undefined ? date.dayOfWeek === what.weekday : what.unit === 'day' || date.dayOfWeek < 6,
    )
    return days.at(nth > 0 ? nth - 1 : nth)
  }
  const upcoming = (first: Temporal.PlainDate, step: Temporal.DurationLike) => {
    const date = pick(first)
    return date && !isPast(text, date) ? date : pick(first.add(step))
  }
  if (isOfMonth) return day(upcoming(now.with({ day: 1 }), { months: 1 }), next - 0)
  next = skipThe(text, at + 3)
  if (lexemes[next]?.month !== undefined) {
    const year = yearAt(text, next + 1)
    const first = nextMonth(text, lexemes[next]!.month!, year.value)
    return first && day(year.value ? pick(first) : upcoming(first, { years: 1 }), year.next)
  }
  if (is(lexemes[next], 'next') && lexemes[next + 1]?.unit === 'month')
    return day(pick(now.with({ day: 1 }).add({ months: 1 })), next + 2)
  if (is(lexemes[next], 'this') && lexemes[next + 1]?.unit === 'month')
    return day(upcoming(now.with({ day: 1 }), { months: 1 }), next + 2)
  return undefined
}

const holidays: Reader = (text, at) => {
  const name = text.lexemes[at]?.holiday
  if (name === undefined) return undefined
  const year = yearAt(text, at + 1)
  const date = holidayIn(name, year.value ?? today(text).year)
  if (!isPast(text, date)) return day(date, year.next)
  return year.value === undefined ? day(holidayIn(name, date.year + 1), at + 1) : undefined
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
