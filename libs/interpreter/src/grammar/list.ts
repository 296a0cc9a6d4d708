import { textsOf } from '../texts/texts-of.ts'
import type { ListWords } from '../words/words.ts'
import { wordsIn } from '../words/words-in.ts'
import type { Intent, ListFilter, Range } from './intent.ts'
import type { Said } from './said.ts'
import { readWhen } from './when.ts'
import { normal, tidy } from './words.ts'

type Take = (pattern: RegExp) => string | undefined

/** Requests for lists: no word may remain that is not understood. */
export const readList = (text: string, said: Said): Intent | undefined => {
  const words = wordsIn(said.language).list
  const whole = normal(text).replace(words.before, '')
  const request = words.lead.exec(whole)?.[0]
  if (request === undefined && !words.short.test(whole)) return undefined
  let left = whole.slice(request?.length ?? 0)
  const take: Take = (pattern) => {
    const found = pattern.exec(left)
    if (found) left = `${left.slice(0, found.index)} ${left.slice(found.index + found[0].length)}`
    return found ? (found.groups?.o ?? found[0]) : undefined
  }
  const about = take(words.about)?.trim()
  if (about) return { kind: 'find', text: about }
  const isSeries = take(words.series) !== undefined
  const filter = readFilter(text, take, words)
  const range = readRange(take, words)
  const day = range ? undefined : takeDays(left, said)
  if (day) left = day.left
  const rest = left.split(/[\s,?]+/).filter((word) => !words.fillers.has(word))
  const isFiltered = Object.keys(filter).length > 0
  if (rest.join('') !== '') {
    const isSearch = words.show.test(request ?? '') && !isFiltered && !range && !day
    return isSearch ? { kind: 'find', text: rest.join(' ') } : undefined
  }
  if (isSeries) return { kind: 'series' }
  if (filter.state === 'completed' && (range || day)) return { kind: 'unknown', hint: textsOf(said).hints.completedDay }
  if (day) return { kind: 'list', filter: { ...filter, day: day.date, days: day.days } }
  if (!isFiltered && range) return { kind: 'agenda', range }
  if (!isFiltered && words.isAgenda.test(whole)) return { kind: 'agenda', range: 'week' }
  if (!isFiltered && !words.isTasks.test(whole)) return undefined
  if (range === 'week') return undefined
  return { kind: 'list', filter: { ...filter, ...dayOf(range, said) } }
}

const readFilter = (text: string, take: Take, words: ListWords): ListFilter => {
  const filter: ListFilter = {}
  const tag = take(/(?<!\S)(?:tag(?:ged)?(?: with| as)? )?#(?<o>[\p{L}\p{M}\p{N}_-]{1,50})/u) ?? take(words.tag)
  if (tag) filter.tags = [asWritten(text, tag)]
  const category = take(/(?<!\S)@(?<o>\p{L}[\p{L}\p{M}\p{N}_-]*)/u) ?? take(words.category)
  if (category) filter.category = asWritten(text, category)
  const priority = words.priorities.find(([pattern]) => take(pattern) !== undefined)?.[1]
  if (priority) filter.priority = priority
  if (take(words.openAndCompleted)) filter.state = 'all'
  else if (take(words.completed)) filter.state = 'completed'
  return filter
}

const readRange = (take: Take, { overdue, week, today, tomorrow }: ListWords): Range | undefined => {
  if (take(overdue)) return 'overdue'
  if (take(week)) return 'week'
  if (take(today)) return 'today'
  return take(tomorrow) ? 'tomorrow' : undefined
}

const dayOf = (range: Range | undefined, { now, time_zone }: Said): ListFilter => {
  const today = now.toZonedDateTimeISO(time_zone).toPlainDate()
  if (range === 'overdue') return { overdue: true }
  if (range === 'today') return { day: today }
  return range === 'tomorrow' ? { day: today.add({ days: 1 }) } : {}
}

/** The day or days at the end of a text. */
const takeDays = (text: string, said: Said) => {
  const { nextWeek, weekend, month, fillers } = wordsIn(said.language).list
  const today = said.now.toZonedDateTimeISO(said.time_zone).toPlainDate()
  const words = text.trim().split(' ')
  while (words.length > 1 && fillers.has(words.at(-1)!)) words.pop()
  const leftOf = (pattern: RegExp): string | undefined => {
    for (const before of [text, words.join(' ')]) {
      const found = pattern.exec(before)
      if (found) return before.slice(0, found.index)
    }
    return undefined
  }
  const first = today.with({ day: 1 })
  const saturday = today.add({ days: 6 - today.dayOfWeek })
  const spans: [RegExp, date: Temporal.PlainDate, days: number][] = [
    [nextWeek, today.add({ days: 8 - today.dayOfWeek }), 7],
    [month.this, first, first.daysInMonth],
    [month.next, first.add({ months: 1 }), first.add({ months: 1 }).daysInMonth],
    // On a Sunday, the weekend is the current one.
    [weekend.this, saturday, 2],
    [weekend.next, saturday.add({ days: 7 }), 2],
  ]
  for (const [pattern, date, days] of spans) {
    const left = leftOf(pattern)
    if (left !== undefined) return { date, days, left }
  }
  for (let from = Math.max(0, words.length - 6); from < words.length; from++) {
    const when = readWhen(words.slice(from).join(' '), said)
    if (when && !when.at) return { date: when.date, days: 1, left: words.slice(0, from).join(' ') }
  }
  return undefined
}

/** A part of a normalised text, with the case in which it was written. */
const asWritten = (text: string, part: string): string => {
  const index = tidy(text).toLowerCase().indexOf(part)
  return index < 0 ? part : tidy(text).slice(index, index + part.length)
}
