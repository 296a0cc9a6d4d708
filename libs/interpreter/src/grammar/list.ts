import type { Intent, ListFilter, Range } from './intent.ts'
import type { Said } from './said.ts'
import { readWhen } from './when.ts'
import { normal, tidy } from './words.ts'

const wholly = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'u')

/** Lists without a verb. */
const short = wholly(
  String.raw`agenda|today|tomorrow|overdue|late|(?:this|the|next) week|(?:my |the )?(?:day|week|list|tasks|todos|to-?do list)|(?:today|tomorrow)'s tasks|(?:my |all )?tasks (?:due|tagged|with|in) .+|(?:this|the|next) (?:weekend|month)|(?:my |all )?(?:open|overdue|late|completed|recurring|high priority) tasks|(?:tasks )?(?:due )?(?:today|tomorrow|this week)|due .+|#[\p{L}\p{M}\p{N}_-]+`,
)

/** Beginnings of a request for a list. */
const lead =
  /^(?:(?:show|list|display|view|see|give|tell|let me see)(?: (?:me|us))?|what(?:'s| is| are)?|which(?: ones)?|how many|do i have|have i got|is there|are there|any|anything)(?=\s|$)/u

/** Words that add no condition. */
const fillers = new Set(
  `a an the my me i of in on at to do for all any anything are is there that which tasks task todo todos to-do to-dos list
  things thing stuff everything ones got have has still left due open pending unfinished current now coming and so plate
  calendar schedule agenda plan plans planned scheduled with should must need did was were been next up it this day does overview`.split(
    /\s+/,
  ),
)

/** Requests for lists: no word may remain that is not understood. */
export const readList = (text: string, said: Said): Intent | undefined => {
  const whole = normal(text)
    .replace(/^and /, '')
    .replace(/^(?:tell|show) me (?=what|which|how many)/u, '')
  const request = lead.exec(whole)?.[0]
  if (request === undefined && !short.test(whole)) return undefined
  let left = whole.slice(request?.length ?? 0)
  const take = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(left)
    if (found) left = `${left.slice(0, found.index)} ${left.slice(found.index + found[0].length)}`
    return found ? (found.groups?.o ?? found[0]) : undefined
  }
  const about = take(/\b(?:about|containing|named|called|mentioning|matching)\b(?<o>.*)$/u)?.trim()
  if (about) return { kind: 'find', text: about }
  const isSeries = take(/\b(?:recurring|repeating|series)\b|\brepeats?\b/u) !== undefined
  const filter = readFilter(text, take)
  const range = readRange(take)
  const day = range ? undefined : takeDays(left, said)
  if (day) left = day.left
  const rest = left.split(/[\s,?]+/).filter((word) => !fillers.has(word))
  const isFiltered = Object.keys(filter).length > 0
  if (rest.join('') !== '') {
    const isSearch = /^(?:show|list|display|view)/u.test(request ?? '') && !isFiltered && !range && !day
    return isSearch ? { kind: 'find', text: rest.join(' ') } : undefined
  }
  if (isSeries) return { kind: 'series' }
  if (filter.state === 'completed' && (range || day))
    return { kind: 'unknown', hint: 'I do not know on which day you completed what: say "show completed tasks".' }
  if (day) return { kind: 'list', filter: { ...filter, day: day.date, days: day.days } }
  if (!isFiltered && range) return { kind: 'agenda', range }
  if (!isFiltered && isAgenda.test(whole)) return { kind: 'agenda', range: 'week' }
  if (!isFiltered && !isTasks.test(whole)) return undefined
  if (range === 'week') return undefined
  return { kind: 'list', filter: { ...filter, ...dayOf(range, said) } }
}

const isAgenda =
  /\bdue\b|\bup\b|\bnext\b|\bshould i\b|\bmust i\b|\bplate\b|\bagenda\b|\bcalendar\b|\bschedule\b|\boverview\b/u
const isTasks = /\b(?:tasks?|todos?|to-dos?|list|things|stuff|everything|to do|do i have|have i got|i have)\b/u

const readFilter = (text: string, take: (pattern: RegExp) => string | undefined): ListFilter => {
  const filter: ListFilter = {}
  const tag =
    take(/(?<!\S)(?:tag(?:ged)?(?: with| as)? )?#(?<o>[\p{L}\p{M}\p{N}_-]{1,50})/u) ??
    take(/\btag(?:ged)?(?: with| as)? (?<o>[\p{L}\p{M}\p{N}_-]{1,50})/u)
  if (tag) filter.tags = [asWritten(text, tag)]
  const category =
    take(/(?<!\S)@(?<o>\p{L}[\p{L}\p{M}\p{N}_-]*)/u) ?? take(/\bcategory (?<o>\p{L}[\p{L}\p{M}\p{N}_-]*)/u)
  if (category) filter.category = asWritten(text, category)
  const priority = take(
    /\b(?:high|medium|low)[ -]priority\b|\bpriority (?:high|medium|low)\b|\b(?:urgent|important)\b|!(?:high|medium|low)\b/u,
  )
  if (priority) filter.priority = (/low|medium/.exec(priority)?.[0] ?? 'high') as 'low' | 'medium' | 'high'
  if (take(/\bopen and (?:completed|done)\b/u)) filter.state = 'all'
  else if (take(/\b(?:i )?(?:already )?(?:completed?|finish(?:ed)?|done|closed)\b/u)) filter.state = 'completed'
  return filter
}

const readRange = (take: (pattern: RegExp) => string | undefined): Range | undefined => {
  if (take(/\boverdue\b|\blate\b/u)) return 'overdue'
  if (take(/\b(?:(?:for |in )?(?:this|the|my|the coming) week|(?:the )?next (?:7|seven) days)\b|^ ?week$/u))
    return 'week'
  if (take(/\b(?:today(?:'s)?|tonight)(?!\S)|\bmy day\b|^ ?(?:the )?day$/u)) return 'today'
  return take(/\btomorrow(?:'s)?(?= (?:tasks|agenda|plan))|\btomorrow$/u) ? 'tomorrow' : undefined
}

const dayOf = (range: Range | undefined, { now, time_zone }: Said): ListFilter => {
  const today = now.toZonedDateTimeISO(time_zone).toPlainDate()
  if (range === 'overdue') return { overdue: true }
  if (range === 'today') return { day: today }
  return range === 'tomorrow' ? { day: today.add({ days: 1 }) } : {}
}

/** The day or days at the end of a text. */
const takeDays = (text: string, said: Said) => {
  const span = /(?:\bdue )?(?:\b(?:in|on|for|during) )?\b(?:(next) week|(this|the|next) (weekend|month))$/u.exec(text)
  if (span) {
    const [, week, which, unit] = span
    const today = said.now.toZonedDateTimeISO(said.time_zone).toPlainDate()
    const left = text.slice(0, span.index)
    if (week) return { date: today.add({ days: 8 - today.dayOfWeek }), days: 7, left }
    if (unit === 'month') {
      const first = today.with({ day: 1 }).add({ months: which === 'next' ? 1 : 0 })
      return { date: first, days: first.daysInMonth, left }
    }
    const saturday = today.add({ days: 6 - today.dayOfWeek })
    // On a Sunday, the weekend is the current one.
    return { date: saturday.add({ days: which === 'next' ? 7 : 0 }), days: 2, left }
  }
  const words = text.trim().split(' ')
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
