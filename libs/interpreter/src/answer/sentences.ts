import type { MoveTo } from '../grammar/intent.ts'
import type { Said } from '../grammar/said.ts'
import type { Dated } from '../grammar/when.ts'
import { textsOf } from '../texts/texts-of.ts'
import type { Item } from './tasks.ts'

/** A title or message for display: on one line, shortened. */
export const quoted = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return `“${[...line].length > 80 ? `${[...line].slice(0, 79).join('')}…` : line}”`
}

const two = (value: number): string => String(value).padStart(2, '0')

export const dayInWords = ({ dayOfWeek, day, month, year }: Temporal.PlainDate, said: Said): string => {
  const t = textsOf(said)
  const isThisYear = year === said.now.toZonedDateTimeISO(said.time_zone).year
  return t.day(t.weekdays[dayOfWeek - 1]!, day, t.months[month - 1]!, isThisYear ? '' : String(year))
}

/** An instant in the user's time zone: "Fri 28 Nov, 09:00". Other text is returned unchanged. */
export const timeInWords = (instant: string | Temporal.Instant, said: Said): string => {
  try {
    const local = Temporal.Instant.from(instant).toZonedDateTimeISO(said.time_zone)
    return `${dayInWords(local.toPlainDate(), said)}, ${two(local.hour)}:${two(local.minute)}`
  } catch {
    return String(instant)
  }
}

const units = ['months', 'weeks', 'days', 'hours', 'minutes'] as const

/** "2 days", "1 hour". */
const spanInWords = (span: Temporal.Duration, said: Said): string =>
  units
    .flatMap((unit) => {
      const count = Math.abs(span[unit])
      return count === 0 ? [] : [`${count} ${textsOf(said).spans[unit][count === 1 ? 0 : 1]}`]
    })
    .join(' ')

/** Where a task is moved to: "to Fri 27 Nov, 09:00", "by 2 days". */
export const whereTo = (to: MoveTo, said: Said): string => {
  const t = textsOf(said)
  if ('by' in to) return t.byHow(spanInWords(to.by, said), to.by.sign < 0)
  if (!to.when) return t.toNoDate
  return t.toWhen(to.when.at ? timeInWords(to.when.at.toInstant(), said) : dayInWords(to.when.date, said))
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
  const t = textsOf(said)
  const { title, is_completed, repeats } = item
  const isOverdue = !is_completed && isPast(item, said)
  const notes = [is_completed ? t.done : '', isOverdue ? t.overdue : '', repeats ? t.repeats : ''].filter(Boolean)
  const due = dueInWords(item, said)
  return `${quoted(title)}${due ? `, ${due}` : ''}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`
}
