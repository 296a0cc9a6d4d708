import { isDay } from '@taskflow/event-contracts'
import type { Output } from '../conversation.ts'

/** What a tool returned about a task or a series. */
export interface Item {
  id: string
  title: string
  due_date: string | null
  /** The day, of a task without a time. */
  due_on: string | null
  is_completed: boolean
  repeats: boolean
  reminders: { id: string; at: string | null; state: string }[]
}

export interface Found {
  items: Item[]
  /** False when more exist than were returned. */
  isComplete: boolean
  isFuzzy: boolean
}

type Fields = Record<string, unknown>

/** The tasks or series under a name in a tool's output; undefined when it has another shape. */
export const itemsIn = (output: Output, name: string): Found | undefined => {
  if (output.is !== 'done' || !Array.isArray(output.value[name])) return undefined
  const { next_cursor, cut, is_fuzzy, is_complete } = output.value
  return {
    items: output.value[name].flatMap((each) => toItem(each) ?? []),
    isComplete: (next_cursor ?? null) === null && cut === undefined && is_complete !== false,
    isFuzzy: is_fuzzy === true,
  }
}

export const toItem = (value: unknown): Item | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, title, is_completed, recurrence_rule, rule, reminders } = value as Fields
  if (typeof id !== 'string' || typeof title !== 'string') return undefined
  return {
    id,
    title,
    ...dueOf(value as Fields),
    is_completed: is_completed === true,
    repeats: typeof (recurrence_rule ?? rule) === 'string',
    reminders: (Array.isArray(reminders) ? reminders : []).filter(
      (each) => typeof each?.id === 'string' && typeof each.state === 'string',
    ),
  }
}

const dueOf = ({ due_date, due_on, next_occurrence, start_on, time_zone }: Fields) => {
  const due = due_date ?? next_occurrence
  const instant = typeof due === 'string' && isInstant(due) ? due : null
  // The next date of an all-day series is the beginning of its day.
  const day =
    typeof start_on === 'string' && instant && typeof time_zone === 'string' ? dayOf(instant, time_zone) : due_on
  return typeof day === 'string' && isDay(day) ? { due_date: null, due_on: day } : { due_date: instant, due_on: null }
}

const dayOf = (instant: string, time_zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(time_zone).toPlainDate().toString()

const isInstant = (text: string): boolean => {
  try {
    return Temporal.Instant.from(text) !== undefined
  } catch {
    return false
  }
}
