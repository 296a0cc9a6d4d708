import { type QuickTask, readQuickAdd } from '@taskflow/quick-add'
import type { Said } from './said.ts'

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
  const words = text.trim().replace(/^(?:to|until|till|for|by|on|at|onto|due)\s+/i, '')
  if (words === '' || words.length > longest || /["#@!/\\]/.test(words.replaceAll(/\d\/\d/g, ''))) return undefined
  for (const lead of ['', 'on ', 'at ']) {
    const { task, due } = readQuickAdd(`x ${lead}${words}`, said)
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

const numbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')
const units = { m: 'minutes', h: 'hours', d: 'days', w: 'weeks', mo: 'months' } as const
export const duration = String.raw`(?:half an hour|(?:\d{1,3}|an?|the|${numbers.slice(1).join('|')})\s*(?:m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|months?))`

/** A span that makes up the whole text: "30 minutes", "a day", "2h". */
export const readDuration = (text: string): Duration | undefined => {
  if (!new RegExp(`^${duration}$`, 'iu').test(text)) return undefined
  if (/^half/i.test(text)) return Temporal.Duration.from({ minutes: 30 })
  const [, count = '', unit = ''] = /^(\d+|[a-z]+?)\s*((?:mo|[mhdw])[a-z]*)$/i.exec(text) ?? []
  const size = /^\d/.test(count) ? Number(count) : Math.max(1, numbers.indexOf(count.toLowerCase()))
  if (size < 1) return undefined
  const key = /^mo/i.test(unit) ? 'mo' : (unit[0]!.toLowerCase() as 'm')
  const span = Temporal.Duration.from({ [units[key]]: size })
  return span.total({ unit: 'days', relativeTo: '2024-01-01' }) <= 366 ? span : undefined
}
