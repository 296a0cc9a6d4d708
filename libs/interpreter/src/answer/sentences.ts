import type { Act, MoveTo } from '../grammar/intent.ts'
import type { Said } from '../grammar/said.ts'
import type { Dated } from '../grammar/when.ts'
import type { Item } from './tasks.ts'

export const introduction =
  'I am TaskFlow\'s built-in interpreter, not a language model: I understand fixed phrases in English. Say "help" to see them.'
export const outOfStep = 'I lost the thread, so I stopped here. Please say it once more.'
export const notAvailable = (tool: string): string => `I may not do that here: "${tool}" is not available.`
export const notUnderstood = (part: string, hint = ''): string =>
  `I did not understand ${quoted(part)}, so I changed nothing. ${hint}${hint ? ' ' : ''}Say "help" to see what I understand.`

/** A title or message for display: on one line, shortened. */
export const quoted = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return `“${[...line].length > 80 ? `${[...line].slice(0, 79).join('')}…` : line}”`
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number): string => String(value).padStart(2, '0')

export const dayInWords = ({ dayOfWeek, day, month, year }: Temporal.PlainDate, said: Said): string =>
  `${weekdays[dayOfWeek - 1]} ${day} ${months[month - 1]}${year === said.now.toZonedDateTimeISO(said.time_zone).year ? '' : ` ${year}`}`

/** An instant in the user's time zone: "Fri 28 Nov, 09:00". Other text is returned unchanged. */
export const timeInWords = (instant: string | Temporal.Instant, said: Said): string => {
  try {
    const local = Temporal.Instant.from(instant).toZonedDateTimeISO(said.time_zone)
    return `${dayInWords(local.toPlainDate(), said)}, ${two(local.hour)}:${two(local.minute)}`
  } catch {
    return String(instant)
  }
}

const names = [
  ['months', 'month'],
  ['weeks', 'week'],
  ['days', 'day'],
  ['hours', 'hour'],
  ['minutes', 'minute'],
] as const
/** "2 days", "1 hour". */
const spanInWords = (span: Temporal.Duration): string =>
  names
    .flatMap(([unit, name]) => {
      const count = Math.abs(span[unit])
      return count === 0 ? [] : [`${count} ${name}${count === 1 ? '' : 's'}`]
    })
    .join(' ')

export const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`

/** An act in words, for "Should I move this one to Fri 27 Nov, 09:00?" or "Which of these should I complete?" */
export const inWords = (act: Act, what: string, said: Said): string => {
  const verb = act.kind === 'remind' ? 'remind you of' : act.kind === 'history' ? 'tell the history of' : act.kind
  return [verb, what, act.kind === 'move' && act.to ? whereTo(act.to, said) : ''].filter(Boolean).join(' ')
}

const whereTo = (to: MoveTo, said: Said): string => {
  if ('by' in to) return `by ${spanInWords(to.by)}${to.by.sign < 0 ? ' earlier' : ''}`
  if (!to.when) return 'to no date'
  return `to ${to.when.at ? timeInWords(to.when.at.toInstant(), said) : dayInWords(to.when.date, said)}`
}

/** Tasks as a numbered list. */
export const listed = (items: Item[], said: Said): string =>
  items.map((item, index) => `${index + 1}. ${lineOf(item, said)}`).join('\n')

/** "Fri 28 Nov, 09:00", or the day alone; undefined for a task that is not due. */
export const dueInWords = ({ due_date, due_on }: Dated, said: Said): string | undefined => {
  if (due_on !== null) return dayInWords(Temporal.PlainDate.from(due_on), said)
  return due_date === null ? undefined : timeInWords(due_date, said)
}

/** A day has passed when it is over. */
const isPast = ({ due_date, due_on }: Dated, { now, time_zone }: Said): boolean => {
  const today = now.toZonedDateTimeISO(time_zone).toPlainDate()
  if (due_on !== null) return Temporal.PlainDate.compare(due_on, today) < 0
  return due_date !== null && Temporal.Instant.compare(due_date, now) < 0
}

/** “Pay rent”, Fri 28 Nov, 09:00 (overdue) */
export const lineOf = (item: Item, said: Said): string => {
  const { title, is_completed, repeats } = item
  const isOverdue = !is_completed && isPast(item, said)
  const notes = [is_completed ? 'done' : '', isOverdue ? 'overdue' : '', repeats ? 'repeats' : ''].filter(Boolean)
  const due = dueInWords(item, said)
  return `${quoted(title)}${due ? `, ${due}` : ''}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`
}
