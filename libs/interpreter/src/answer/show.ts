import type { ToolCall } from '../conversation.ts'
import type { Intent, ListFilter } from '../grammar/intent.ts'
import type { Said } from '../grammar/said.ts'
import type { Listed } from '../texts/texts.ts'
import { textsOf } from '../texts/texts-of.ts'
import { dayFilter } from './meant.ts'
import { callOne, type Memory, type Reply, type Steps } from './memory.ts'
import { readPages } from './pages.ts'
import { searchWords } from './select.ts'
import { dayInWords, dueInWords, lineOf, listed, quoted, timeInWords } from './sentences.ts'
import { type Item, itemsIn } from './tasks.ts'

type Of<Kind extends Intent['kind']> = Extract<Intent, { kind: Kind }>

const couldNotLook = (reason: string | undefined, said: Said): string =>
  textsOf(said).couldNotLook(reason ?? textsOf(said).unreadable)

const shown = (text: string, items: Item[], { deleted }: Memory): Reply => ({ text, memory: { shown: items, deleted } })

/** Tasks due in a range of days. */
export function* showAgenda({ range }: Of<'agenda'>, memory: Memory, said: Said): Steps<Reply> {
  const t = textsOf(said)
  const output = yield* callOne('agenda', { range })
  const [overdue, due] = [itemsIn(output, 'overdue'), itemsIn(output, 'due')]
  if (!overdue || !due) return { text: couldNotLook(output.is === 'failed' ? output.reason : undefined, said), memory }
  const items = [...overdue.items, ...due.items]
  if (items.length === 0) return shown(t.nothingIs[range], [], memory)
  const parts = [
    ...(overdue.items.length > 0 ? [t.overdueTasks(overdue.items.length)] : []),
    ...(due.items.length > 0 ? [t.dueTasks(due.items.length, range)] : []),
  ]
  const more = overdue.isComplete && due.isComplete ? '' : `\n${t.moreThanShown}`
  return shown(`${t.youHave(parts)}\n${listed(items, said)}${more}`, items, memory)
}

/** Tasks by their fields. */
export function* showList({ filter }: Of<'list'>, memory: Memory, said: Said): Steps<Reply> {
  const t = textsOf(said)
  const output = yield* callOne('find_tasks', inputOf(filter))
  const found = itemsIn(output, 'tasks')
  if (!found) return { text: couldNotLook(output.is === 'failed' ? output.reason : undefined, said), memory }
  const what = (count: string) => t.list(listedBy(filter, said), count)
  if (found.items.length === 0) return shown(t.haveNo(what('0')), [], memory)
  const count = found.isComplete ? String(found.items.length) : t.moreThan(found.items.length)
  const more = found.isComplete ? '' : `\n${t.firstOfThem}`
  return shown(`${t.have(count, what(count))}\n${listed(found.items, said)}${more}`, found.items, memory)
}

const inputOf = ({ state, overdue, day, days, tags, category, priority }: ListFilter): ToolCall['input'] => ({
  state: state ?? 'open',
  ...(overdue ? { overdue } : {}),
  ...(day ? dayFilter(day, days) : {}),
  ...(tags ? { tags } : {}),
  ...(category ? { category } : {}),
  ...(priority ? { priority } : {}),
  limit: 20,
})

const listedBy = (
  { state, overdue, day, days = 1, tags = [], category, priority }: ListFilter,
  said: Said,
): Listed => ({
  state: state ?? 'open',
  isOverdue: overdue === true,
  priority,
  tags,
  category: category && quoted(category),
  days: day && (days === 1 ? [day] : [day, day.add({ days: days - 1 })]).map((each) => dayInWords(each, said)),
})

export function* showSeries(memory: Memory, said: Said): Steps<Reply> {
  const t = textsOf(said)
  const found = yield* readPages('list_recurring', {}, 'series')
  if ('failed' in found) return { text: couldNotLook(found.failed, said), memory }
  const { items } = found
  if (items.length === 0) return shown(t.noSeries, [], memory)
  const lines = items.map((item, index) => {
    const due = dueInWords(item, said)
    return `${index + 1}. ${quoted(item.title)}, ${due ? t.nextOn(due) : t.pausedOrEnded}`
  })
  // These are series, so their numbers do not refer to tasks.
  return shown(`${t.haveSeries(items.length)}\n${lines.join('\n')}`, [], memory)
}

/** Tasks by words, completed ones too. */
export function* findByWords({ text }: Of<'find'>, memory: Memory, said: Said): Steps<Reply> {
  const t = textsOf(said)
  const query = searchWords(text, said.language)
  if (!query) return { text: t.sayTitle, memory }
  const output = yield* callOne('search', { query, state: 'all', limit: 20 })
  const found = itemsIn(output, 'tasks')
  if (!found) return { text: couldNotLook(output.is === 'failed' ? output.reason : undefined, said), memory }
  const { items, isComplete, isFuzzy } = found
  if (items.length === 0) return shown(t.foundNone(quoted(text)), [], memory)
  if (items.length === 1 && !isFuzzy) {
    const [item] = items as [Item]
    return shown(t.foundOne(lineOf(item, said), item.is_completed), items, memory)
  }
  const head = isFuzzy ? t.foundAlike(quoted(text)) : t.foundMany(items.length)
  return shown(`${head}\n${listed(items, said)}${isComplete ? '' : `\n${t.sayMore}`}`, items, memory)
}

export function* showPreview({ rule, count }: Of<'preview'>, memory: Memory, said: Said): Steps<Reply> {
  const { recurrence_rule, recurrence_interval = 1, due_date, due_on, time_zone } = rule
  const start = due_date && Temporal.Instant.from(due_date).toZonedDateTimeISO(time_zone).toPlainDateTime()
  const output = yield* callOne('preview_recurrence', {
    [recurrence_rule!.includes('=') ? 'rule' : 'pattern']: recurrence_rule,
    interval: recurrence_interval,
    start: start ? start.toString({ smallestUnit: 'minute' }) : due_on!,
    time_zone,
    count,
  })
  if (output.is !== 'done' || !Array.isArray(output.value.occurrences))
    return { text: couldNotLook(output.is === 'failed' ? output.reason : undefined, said), memory }
  const dates = output.value.occurrences.flatMap((each) =>
    typeof each?.utc === 'string'
      ? [`- ${due_on ? dayInWords(Temporal.PlainDate.from(String(each.local)), said) : timeInWords(each.utc, said)}`]
      : [],
  )
  return { text: `${String(output.value.description)}:\n${dates.join('\n') || `- ${textsOf(said).never}`}`, memory }
}
