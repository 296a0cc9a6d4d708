import type { Output } from '../conversation.ts'

/** What a tool returned about a task or a series. */
export interface Item {
  id: string
  title: string
  due_date: string | null
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
  const { id, title, due_date, next_occurrence, is_completed, recurrence_rule, rule, reminders } = value as Fields
  if (typeof id !== 'string' || typeof title !== 'string') return undefined
  const due = due_date ?? next_occurrence
  return {
    id,
    title,
    due_date: typeof due === 'string' && isInstant(due) ? due : null,
    is_completed: is_completed === true,
    repeats: typeof (recurrence_rule ?? rule) === 'string',
    reminders: (Array.isArray(reminders) ? reminders : []).filter(
      (each) => typeof each?.id === 'string' && typeof each.state === 'string',
    ),
  }
}

const isInstant = (text: string): boolean => {
  try {
    return Temporal.Instant.from(text) !== undefined
  } catch {
    return false
  }
}
