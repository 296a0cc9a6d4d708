import { day, isPast, nextDate, nextMonth, type Reader, today, yearAt } from './calendar.ts'
import { is, type Lexeme } from './lexemes.ts'
import { endsAt, type Read, read, skip, skipThe, type Text } from './text.ts'

/** "26 Dec", "Dec 26", "the 3rd of december 2027", "1 to 10 may" */
export const dates: Reader = (text, at, isLed) => {
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

export const numeric: Reader = (text, at, isLed) => {
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
export const ordinals: Reader = (text, at, isLed) => {
  const { lexemes, language } = text
  const lexeme = lexemes[at]
  const isArticle = language.code === 'fr' || language.code === 'es'
  const number = lexeme?.ordinal ?? (isArticle && isLed && (lexeme?.digits ?? 9) < 3 ? lexeme?.number : undefined)
  if (number === undefined || number < 1 || number > 31 || (lexeme?.number === undefined && !is(lexemes[at + 1], 'of')))
    return undefined
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
