import { type QuickTask, readQuickAdd } from '@taskflow/quick-add'
import type { Said } from './said.ts'

/** A point in time in the user's words: a day, a time of day, or both. */
export interface When {
  at: Temporal.ZonedDateTime
  namesDay: boolean
  namesTime: boolean
}

/** A positive Temporal duration. */
export type Duration = Temporal.Duration

/** Longer than any time. */
const longest = 60

export const quick = (text: string, { now, time_zone, locale }: Said): QuickTask =>
  readQuickAdd(text, { now, time_zone, locale }).task

/** A time that makes up the whole text: "friday", "to the 15th at 9", "in 2 hours". Undefined for anything else. */
export const readWhen = (text: string, said: Said): When | undefined => {
  const words = text.trim().replace(/^(?:to|until|till|for|by|on|at|onto|due)\s+/i, '')
  if (words === '' || words.length > longest || /["#@!/\\]/.test(words.replaceAll(/\d\/\d/g, ''))) return undefined
  for (const lead of ['', 'on ', 'at ']) {
    const { task, due } = readQuickAdd(`x ${lead}${words}`, said)
    const { title, due_date, time_zone: _, ...more } = task
    if (title !== 'x' || due_date === undefined || !due || Object.keys(more).length > 0) continue
    const at = Temporal.Instant.from(due_date).toZonedDateTimeISO(said.time_zone)
    return { at, namesDay: due.isDated, namesTime: due.isTimed }
  }
  return undefined
}

/**
 * The new time of a task: a day alone keeps the task's time of day, a time alone its day. A past time means the next
 * one.
 */
export const placed = (when: When, due_date: string | null, { now, time_zone }: Said): Temporal.Instant => {
  const { at, namesDay, namesTime } = when
  if (due_date === null || namesDay === namesTime) return at.toInstant()
  const due = Temporal.Instant.from(due_date).toZonedDateTimeISO(time_zone)
  const kept = namesDay ? at.withPlainTime(due.toPlainTime()) : due.withPlainTime(at.toPlainTime())
  return Temporal.Instant.compare(kept.toInstant(), now) > 0 ? kept.toInstant() : at.toInstant()
}

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
