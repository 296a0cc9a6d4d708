import type { Frequency } from '../languages/language.ts'
import type { Clock } from './clock.ts'
import { fixedHoliday } from './holidays.ts'
import { is } from './lexemes.ts'
import { endsAt, type Read, read, skip, skipThe, type Text } from './text.ts'

/** How often, as written. */
export interface Pattern {
  freq: Frequency
  interval: number
  byDay?: string[]
  byMonthDay?: number[]
  byMonth?: number[]
  bySetPos?: number
  times: Clock[]
}
export type Core = Omit<Pattern, 'times'>

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const workdays = weekdays.slice(0, 5)
const inOrder = (days: Iterable<string>) => weekdays.filter((day) => [...days].includes(day))

/** The index after what joins two items of a list: "," or "and". */
export const joint = ({ lexemes }: Text, at: number): number => {
  const isComma = lexemes[at]?.isComma
  const after = isComma ? at + 1 : at
  if (is(lexemes[after], 'and')) return after + 1
  return isComma ? after : at
}

/** "mon, wed and fri", "monday through friday", "weekdays and saturdays" */
export const readWeekdays = (text: Text, at: number): Read<string[]> | undefined => {
  const { lexemes } = text
  const found = new Set<string>()
  let next = at
  for (let index = at, count = 0; count < 8; count++) {
    const start = skipThe(
      text,
      skip(text, index, (each) => count > 0 && is(each, 'on')),
    )
    const lexeme = lexemes[start]
    let stop = start + 1
    if (lexeme?.weekday !== undefined) {
      const end = is(lexemes[stop], 'to', 'until') ? lexemes[skipThe(text, stop + 1)] : undefined
      if (end?.weekday !== undefined) {
        stop = skipThe(text, stop + 1) + 1
        for (let day = lexeme.weekday; ; day = (day % 7) + 1) {
          found.add(weekdays[day - 1]!)
          if (day === end.weekday) break
        }
      } else found.add(weekdays[lexeme.weekday - 1]!)
    } else if (lexeme?.unit === 'workday') for (const day of workdays) found.add(day)
    else if (lexeme?.unit === 'weekend' && (count > 0 || isListed(text, stop)))
      for (const day of ['SA', 'SU']) found.add(day)
    else break
    next = stop
    const after = joint(text, stop)
    if (after === stop) break
    index = after
  }
  return found.size > 0 ? read(inOrder(found), next) : undefined
}

const isListed = (text: Text, at: number) =>
  joint(text, at) > at && text.lexemes[joint(text, at)]?.weekday !== undefined

/** The months that a rule is limited to: "of january and july". */
const readMonths = (text: Text, at: number): Read<number[]> | undefined => {
  const months: number[] = []
  let next = at
  for (let index = at; months.length < 12; ) {
    const lexeme = text.lexemes[index]
    if (lexeme?.month === undefined || lexeme.number !== undefined) break
    months.push(lexeme.month)
    next = index + 1
    index = joint(text, next)
    if (index === next) break
  }
  return months.length > 0 ? read(months, next) : undefined
}

const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** "1 jan and 1 jul", "may 5th", "15 jan, apr, jul and oct": the same days in each month named. */
export const readYearly = (text: Text, at: number): Read<Core> | undefined => {
  const { lexemes } = text
  const dates: [month: number, day: number][] = []
  let next = at
  for (let index = skipThe(text, at), count = 0; count < 12; count++) {
    const lexeme = lexemes[index]
    const isMonth = lexeme?.month !== undefined && lexeme.weekday === undefined
    const dayAt = isMonth ? skipThe(text, index + 1) : index
    const day =
      (lexemes[dayAt]?.digits ?? 0) < 3 && !lexemes[dayAt]?.clock
        ? (lexemes[dayAt]?.ordinal ?? lexemes[dayAt]?.number)
        : undefined
    if (day === undefined || day === 0) break
    const monthAt = isMonth ? index : skip(text, dayAt + 1, (each) => is(each, 'of') && each.month === undefined)
    const months = isMonth ? read([lexeme!.month!], dayAt + 1) : readMonths(text, monthAt)
    if (!months || (isMonth && is(lexemes[dayAt + 1], 'am', 'pm', 'clock'))) break
    for (const month of months.value) dates.push([month, day])
    next = months.next
    index = joint(text, next)
    if (index === next) break
    index = skipThe(text, index)
  }
  const [months, days] = [[...new Set(dates.map(([month]) => month))], [...new Set(dates.map(([, day]) => day))]]
  if (dates.length === 0 || dates.length !== months.length * days.length) return undefined
  if (dates.some(([month, day]) => day > lengths[month - 1]! || (day < 0 && day !== -1))) return undefined
  // 29 February means the last day of February.
  const byMonthDay = days.map((day) => (day === 29 && months.length === 1 && months[0] === 2 ? -1 : day))
  return read({ freq: 'YEARLY', interval: 1, byMonth: months, byMonthDay }, next)
}

/** "2nd and 4th tuesday", "last workday", "15th and last day of the month", "3rd last day" */
export const readOrdinals = (text: Text, at: number, isDayFirst = false): Read<Core> | undefined => {
  const { lexemes } = text
  const ordinals: number[] = []
  const byDay: string[] = []
  let what: 'weekday' | 'workday' | 'day' | 'weekend' | undefined
  let next = at
  let isNumber = false
  for (let index = skipThe(text, at), count = 0; count < 12; count++) {
    let start = skipThe(text, index)
    if (isDayFirst && lexemes[start]?.unit === 'day') start++
    const lexeme = lexemes[start]
    const isPlainNumber = lexeme?.digits !== undefined && lexeme.ordinal === undefined && lexeme.digits < 3
    const ordinal = lexeme?.ordinal ?? (isPlainNumber ? lexeme.number : undefined)
    // "every day 10 times"
    if (ordinal === undefined || ordinal === 0 || is(lexemes[start + 1], 'times', 'advent')) break
    isNumber ||= isPlainNumber
    let stop = start + 1
    let value = ordinal
    // "3rd last", "second to last", "drittletzter"
    const lastAt = is(lexemes[stop], 'to') ? stop + 1 : stop
    if (ordinal > 0 && lexemes[lastAt]?.ordinal === -1) [value, stop] = [-ordinal, lastAt + 1]
    // Spanish: "segundo y cuarto martes" is no quarter of an hour.
    if (is(lexemes[stop], 'andQuarter') && lexemes[stop + 1]?.weekday !== undefined) {
      ordinals.push(value)
      ;[value, stop] = [4, stop + 1]
    }
    const noun = lexemes[stop]
    if (noun?.weekday !== undefined) {
      const pending = ordinals.splice(0)
      for (const each of [...pending, value]) byDay.push(`${each}${weekdays[noun.weekday - 1]}`)
      what = 'weekday'
      stop++
    } else if (noun?.unit === 'workday' || noun?.unit === 'day' || noun?.unit === 'weekend') {
      if (what && what !== noun.unit && ordinals.length > 0 && what !== 'day') return undefined
      what = noun.unit
      ordinals.push(value)
      stop++
    } else ordinals.push(value)
    next = stop
    index = joint(text, next)
    if (
      index === next ||
      (lexemes[skipThe(text, index)]?.ordinal === undefined && lexemes[skipThe(text, index)]?.digits === undefined)
    )
      break
    // "every 1st at 9, 10 eggs": a number in a list of ordinals is none of them.
    // French: "le 1er et le 15 du mois".
    const following = skipThe(text, index)
    const isOfMonth = is(lexemes[following + 1], 'ofMonth', 'ofEachMonth')
    if (!isNumber && !isOfMonth && lexemes[following]?.ordinal === undefined) break
  }
  // "on 30 april" is a date.
  if (lexemes[next]?.month !== undefined && !is(lexemes[next], 'of')) return undefined
  if (ordinals.length + byDay.length === 0 || (byDay.length > 0 && ordinals.length > 0)) return undefined
  const month = readOf(text, next)
  const hasMonth = month !== undefined
  if (byDay.length === 0 && what === undefined) {
    // "every 27" is a day of the month, "every 27 people" is not.
    const after = lexemes[next]
    const isAlone = text.language.code === 'de' || !after || after.isStop || after.isComma || is(after, 'at')
    const isClear = hasMonth || endsAt(text, next, true)
    if (
      !isClear ||
      (isNumber && !hasMonth && !isDayFirst && !isAlone) ||
      (ordinals.includes(-1) && !hasMonth && ordinals.length === 1)
    )
      return undefined
  }
  if (month) next = month.next
  const base: { freq: 'MONTHLY' | 'YEARLY'; interval: 1; byMonth?: number[] } = month?.value.length
    ? { freq: 'YEARLY', interval: 1, byMonth: month.value }
    : { freq: 'MONTHLY', interval: 1 }
  if (byDay.length > 0)
    return byDay.every((day) => Math.abs(Number.parseInt(day, 10)) <= 5)
      ? read({ ...base, byDay: [...new Set(byDay)] }, next)
      : undefined
  if (what === 'workday') {
    if (ordinals.length > 1 || Math.abs(ordinals[0]!) > 23) return undefined
    return read({ ...base, byDay: workdays, bySetPos: ordinals[0]! }, next)
  }
  if (what === 'weekend')
    return ordinals.length === 1 && Math.abs(ordinals[0]!) <= 5
      ? read({ ...base, byDay: [`${ordinals[0]}SA`] }, next)
      : undefined
  return monthDays(ordinals, base, next)
}

/** A day that shorter months lack means their last day. */
const monthDays = (days: number[], base: Omit<Core, 'byMonthDay'>, next: number): Read<Core> | undefined => {
  if (days.some((day) => day === 0 || Math.abs(day) > 31)) return undefined
  const [day] = days
  if (base.freq === 'MONTHLY' && days.length === 1 && (day === 29 || day === 30))
    return read({ ...base, byMonthDay: day === 29 ? [28, 29] : [28, 29, 30], bySetPos: -1 }, next)
  return read({ ...base, byMonthDay: [...new Set(days.map((each) => (each === 31 ? -1 : each)))] }, next)
}

/** "of the month", or the months: "of november". */
const readOf = (text: Text, at: number): Read<number[]> | undefined => {
  const { lexemes } = text
  if (is(lexemes[at], 'ofMonth', 'ofEachMonth')) return read([], at + 1)
  if (is(lexemes[at], 'every') && lexemes[at + 1]?.unit === 'month') return read([], at + 2)
  if (lexemes[at]?.unit === 'day' && is(lexemes[at + 1], 'ofMonth', 'ofEachMonth')) return read([], at + 2)
  if (!is(lexemes[at], 'of')) return undefined
  const index = skipThe(text, at + 1)
  return readMonths(text, is(lexemes[index], 'every') ? index + 1 : index)
}

/** "christmas", "thanksgiving": those that a rule can name. */
export const readHoliday = ({ lexemes }: Text, at: number): Read<Core> | undefined => {
  const name = lexemes[at]?.holiday
  if (name === undefined) return undefined
  const floating: Record<string, Core> = {
    thanksgiving: { freq: 'YEARLY', interval: 1, byMonth: [11], byDay: ['4TH'] },
    laborday: { freq: 'YEARLY', interval: 1, byMonth: [9], byDay: ['1MO'] },
    memorialday: { freq: 'YEARLY', interval: 1, byMonth: [5], byDay: ['-1MO'] },
    mothersday: { freq: 'YEARLY', interval: 1, byMonth: [5], byDay: ['2SU'] },
  }
  if (floating[name]) return read(floating[name], at + 1)
  const fixed = fixedHoliday(name)
  return fixed && read({ freq: 'YEARLY', interval: 1, byMonth: [fixed.month], byMonthDay: [fixed.day] }, at + 1)
}
