import { type QuickTask, readQuickAdd } from '@taskflow/quick-add'
import { wordsIn } from '../words/words-in.ts'
import type { Language, Said } from './said.ts'

/** A day, a time of day, or both, in the user's words. */
export interface When {
  date: Temporal.PlainDate
  /** Undefined for a day alone. */
  at?: Temporal.ZonedDateTime
  namesDay: boolean
}

/** A positive Temporal duration. */
export type Duration = Temporal.Duration

/** Longer than any time. */
const longest = 60

export const quick = (text: string, said: Said): QuickTask => readQuickAdd(text, said).task

/** A day or time that makes up the whole text: "friday", "to the 15th at 9", "in 2 hours". Undefined for anything else. */
export const readWhen = (text: string, said: Said): When | undefined => {
  const { lead, tries, dayOfMonth } = wordsIn(said.language).when
  const bare = text.trim().replace(lead, '')
  const words = dayOfMonth ? bare.replace(...dayOfMonth) : bare
  if (words === '' || words.length > longest || /["#@!/\\]/.test(words.replaceAll(/\d\/\d/g, ''))) return undefined
  for (const before of tries) {
    const { task, due } = readQuickAdd(`x ${before}${words}`, said)
    const { title, due_date, due_on: _day, time_zone: _zone, ...more } = task
    if (title !== 'x' || !due || Object.keys(more).length > 0) continue
    const at = due_date && Temporal.Instant.from(due_date).toZonedDateTimeISO(said.time_zone)
    return { date: due.date, namesDay: due.isDated, ...(at ? { at } : {}) }
  }
  return undefined
}

/**
 * The new due date of a task, as tools take it. A day alone keeps the time of day of a task that has one and is a day
 * otherwise; a time alone keeps the day. A past time means the next one.
 */
export const placed = (when: When, task: Dated, { now, time_zone }: Said): string => {
  const { at, date, namesDay } = when
  const { day, time } = onClock(task, time_zone)
  if (!at && !time) return date.toString()
  const kept = at
    ? namesDay || !day
      ? at
      : day.toZonedDateTime({ timeZone: time_zone, plainTime: at.toPlainTime() })
    : date.toZonedDateTime({ timeZone: time_zone, plainTime: time })
  if (Temporal.Instant.compare(kept.toInstant(), now) > 0) return kept.toInstant().toString()
  return (at ?? date.toZonedDateTime({ timeZone: time_zone, plainTime: endOfDay })).toInstant().toString()
}

/** When a task is due. */
export interface Dated {
  due_date: string | null
  due_on: string | null
}

const endOfDay = Temporal.PlainTime.from('23:59')

const onClock = ({ due_date, due_on }: Dated, time_zone: string) => {
  if (due_date === null) return { day: due_on === null ? undefined : Temporal.PlainDate.from(due_on), time: undefined }
  const due = Temporal.Instant.from(due_date).toZonedDateTimeISO(time_zone)
  return { day: due.toPlainDate(), time: due.toPlainTime() }
}

/** When to remind: on a day alone, at the user's reminder time. */
export const reminderMoment = ({ at, date }: When, { time_zone, reminder_time }: Said): Temporal.Instant =>
  (at ?? date.toZonedDateTime({ timeZone: time_zone, plainTime: reminder_time })).toInstant()

/** A span of time within a pattern. */
export const durationIn = (language: Language): string => {
  const { half, numbers, units } = wordsIn(language).when
  return String.raw`(?:${half}|(?:\d{1,3}|${numbers.join('|')})\s*(?:${Object.values(units).join('|')}))`
}

/** A span that makes up the whole text: "30 minutes", "a day", "2h". */
export const readDuration = (text: string, language: Language): Duration | undefined => {
  const { half, numbers, units } = wordsIn(language).when
  const matches = (pattern: string, word: string) => new RegExp(`^(?:${pattern})$`, 'iu').test(word)
  if (matches(half, text)) return Temporal.Duration.from({ minutes: 30 })
  const [, count = '', unit = ''] = /^(\d{1,3}|\S+?)\s*(\p{L}+)$/iu.exec(text) ?? []
  const size = /^\d/.test(count) ? Number(count) : numbers.findIndex((each) => matches(each, count)) + 1
  const key = Object.entries(units).find(([, pattern]) => matches(pattern, unit))?.[0]
  if (size < 1 || !key) return undefined
  const span = Temporal.Duration.from({ [key]: size })
  return span.total({ unit: 'days', relativeTo: '2024-01-01' }) <= 366 ? span : undefined
}
