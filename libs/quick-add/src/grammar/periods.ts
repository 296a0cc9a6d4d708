import { day, isPast, monday, nextMonth, type Reader, today, yearAt } from './calendar.ts'
import { is } from './lexemes.ts'
import { skip, skipThe } from './text.ts'

/** "next week", "this weekend", "next week on monday" */
export const periods: Reader = (text, at) => {
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
  const begins =
    unit === 'week'
      ? monday(now).add({ days: 7 })
      : unit === 'month'
        ? now.add({ months: 1 }).with({ day: 1 })
        : undefined
  return added && day(now.add(added), at + 2, begins ? { begins } : {})
}

/** "end of month", "mid january", "beginning of next week" */
export const edges: Reader = (text, at) => {
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
export const within: Reader = (text, at) => {
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
