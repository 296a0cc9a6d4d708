import type { ToolCall } from '../conversation.ts'
import type { Intent, ListFilter, Range } from '../grammar/intent.ts'
import type { Said } from '../grammar/said.ts'
import { dayFilter } from './meant.ts'
import { callOne, type Memory, type Reply, type Steps } from './memory.ts'
import { readPages } from './pages.ts'
import { searchWords } from './select.ts'
import { counted, dayInWords, dueInWords, lineOf, listed, quoted, timeInWords } from './sentences.ts'
import { type Item, itemsIn } from './tasks.ts'

type Of<Kind extends Intent['kind']> = Extract<Intent, { kind: Kind }>

const couldNotLook = (reason: string | undefined): string =>
  `I could not look: ${reason ?? 'the answer could not be read'}.`

const shown = (text: string, items: Item[], { deleted }: Memory): Reply => ({ text, memory: { shown: items, deleted } })

/** Tasks due in a range of days. */
export function* showAgenda({ range }: Of<'agenda'>, memory: Memory, said: Said): Steps<Reply> {
  const output = yield* callOne('agenda', { range })
  const [overdue, due] = [itemsIn(output, 'overdue'), itemsIn(output, 'due')]
  if (!overdue || !due) return { text: couldNotLook(output.is === 'failed' ? output.reason : undefined), memory }
  const items = [...overdue.items, ...due.items]
  if (items.length === 0) return shown(`Nothing is ${rangeWords[range]}.`, [], memory)
  const parts = [
    ...(overdue.items.length > 0 ? [counted(overdue.items.length, 'overdue task')] : []),
    ...(due.items.length > 0 ? [`${counted(due.items.length, 'task')} ${rangeWords[range]}`] : []),
  ]
  const more = overdue.isComplete && due.isComplete ? '' : '\nThere are more than I can show here.'
  return shown(`You have ${parts.join(' and ')}:\n${listed(items, said)}${more}`, items, memory)
}

const rangeWords: Record<Range, string> = {
  overdue: 'overdue',
  today: 'due today',
  tomorrow: 'due tomorrow',
  week: 'due within seven days',
}

/** Tasks by their fields. */
export function* showList({ filter }: Of<'list'>, memory: Memory, said: Said): Steps<Reply> {
  const output = yield* callOne('find_tasks', inputOf(filter))
  const found = itemsIn(output, 'tasks')
  if (!found) return { text: couldNotLook(output.is === 'failed' ? output.reason : undefined), memory }
  const what = listInWords(filter, said)
  if (found.items.length === 0) return shown(`You have no ${what('tasks')}.`, [], memory)
  const count = found.isComplete ? String(found.items.length) : `more than ${found.items.length}`
  const more = found.isComplete ? '' : '\nThese are the first of them.'
  const name = count === '1' ? 'task' : 'tasks'
  return shown(`You have ${count} ${what(name)}:\n${listed(found.items, said)}${more}`, found.items, memory)
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

const listInWords =
  ({ state, overdue, day, days = 1, tags = [], category, priority }: ListFilter, said: Said) =>
  (name: string): string =>
    [
      state === 'all' ? '' : (state ?? 'open'),
      overdue ? 'overdue' : '',
      priority ? `${priority} priority` : '',
      name,
      ...tags.map((tag) => `tagged #${tag}`),
      category ? `in ${quoted(category)}` : '',
      day ? `due ${daysInWords(day, days, said)}` : '',
    ]
      .filter(Boolean)
      .join(' ')

const daysInWords = (day: Temporal.PlainDate, days: number, said: Said): string =>
  days === 1
    ? `on ${dayInWords(day, said)}`
    : `from ${dayInWords(day, said)} to ${dayInWords(day.add({ days: days - 1 }), said)}`

export function* showSeries(memory: Memory, said: Said): Steps<Reply> {
  const found = yield* readPages('list_recurring', {}, 'series')
  if ('failed' in found) return { text: couldNotLook(found.failed), memory }
  const { items } = found
  if (items.length === 0) return shown('You have no recurring tasks.', [], memory)
  const lines = items.map((item, index) => {
    const due = dueInWords(item, said)
    return `${index + 1}. ${quoted(item.title)}, ${due ? `next on ${due}` : 'paused or ended'}`
  })
  // These are series, so their numbers do not refer to tasks.
  return shown(`You have ${counted(items.length, 'recurring task')}:\n${lines.join('\n')}`, [], memory)
}

/** Tasks by words, completed ones too. */
export function* findByWords({ text }: Of<'find'>, memory: Memory, said: Said): Steps<Reply> {
  const query = searchWords(text)
  if (!query) return { text: 'I find tasks by words. Say some of its title.', memory }
  const output = yield* callOne('search', { query, state: 'all', limit: 20 })
  const found = itemsIn(output, 'tasks')
  if (!found) return { text: couldNotLook(output.is === 'failed' ? output.reason : undefined), memory }
  const { items, isComplete, isFuzzy } = found
  if (items.length === 0) return shown(`I found no task like ${quoted(text)}.`, [], memory)
  if (items.length === 1 && !isFuzzy) {
    const [item] = items as [Item]
    return shown(`I found ${lineOf(item, said)}: ${item.is_completed ? 'it is done' : 'it is open'}.`, items, memory)
  }
  const head = isFuzzy
    ? `Nothing matches ${quoted(text)}, but this looks alike:`
    : `I found ${counted(items.length, 'task')}:`
  return shown(`${head}\n${listed(items, said)}${isComplete ? '' : '\nThere are more: say more words.'}`, items, memory)
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
    return { text: couldNotLook(output.is === 'failed' ? output.reason : undefined), memory }
  const dates = output.value.occurrences.flatMap((each) =>
    typeof each?.utc === 'string'
      ? [`- ${due_on ? dayInWords(Temporal.PlainDate.from(String(each.local)), said) : timeInWords(each.utc, said)}`]
      : [],
  )
  return { text: `${String(output.value.description)}:\n${dates.join('\n') || '- never'}`, memory }
}
