import { is } from './lexemes.ts'
import { type Read, read, skip, skipComma, type Text } from './text.ts'

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
  /** The first day of a period that was named: "from next week". */
  begins?: Temporal.PlainDate
  /** Could be something else, unless a word such as "on" introduces it. */
  isWeak?: boolean
  /** Hours and minutes from now. */
  instant?: Temporal.ZonedDateTime
}

export type Reader = (text: Text, at: number, isLed: boolean) => Read<Day> | undefined

export const today = ({ now }: Text) => now.toPlainDate()
export const isPast = (text: Text, date: Temporal.PlainDate) => Temporal.PlainDate.compare(date, today(text)) < 0
export const monday = (date: Temporal.PlainDate) => date.subtract({ days: date.dayOfWeek - 1 })

/** The next date with a month and day; the last day of February for the 29th is no date. */
export const nextDate = (text: Text, month: number, day: number, year?: number): Temporal.PlainDate | undefined => {
  const on = (year: number) => Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  if (year !== undefined) {
    const date = on(year)
    return isPast(text, date) ? undefined : date
  }
  const date = on(today(text).year)
  return isPast(text, date) ? on(today(text).year + 1) : date
}

export const day = (
  date: Temporal.PlainDate | undefined,
  next: number,
  more: Partial<Day> = {},
): Read<Day> | undefined => date && read({ date, ...more }, next)

export const nearest = (date: Temporal.PlainDate, weekday: number) =>
  date.add({ days: ((weekday - date.dayOfWeek + 10) % 7) - 3 })

export const refused = (next: number): Read<Day> => read({ date: Temporal.PlainDate.from('1970-01-01') }, next)

export const yearAt = (text: Text, at: number): Read<number | undefined> => {
  const index = skipComma(text, at)
  const lexeme = text.lexemes[skip(text, index, (each) => is(each, 'of'))]
  const isYear = lexeme?.digits === 4 && lexeme.number! >= 1900 && !is(text.lexemes[index + 1], 'clock', 'am', 'pm')
  return isYear ? read(lexeme.number!, text.lexemes.indexOf(lexeme) + 1) : read(undefined, at)
}

export const nextMonth = (text: Text, month: number, year?: number): Temporal.PlainDate | undefined => {
  const now = today(text).with({ day: 1 })
  const date = Temporal.PlainDate.from({ year: year ?? now.year, month, day: 1 })
  if (Temporal.PlainDate.compare(date, now) >= 0) return date
  return year === undefined ? date.add({ years: 1 }) : undefined
}
