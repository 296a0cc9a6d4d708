import { createHash } from 'node:crypto'
import type { ImportNote } from './import-note.ts'
import { ImportProblem } from './import-problem.ts'
import type { Mapping } from './mapping.ts'

export const maxItems = 5_000

/** A task as a file has it; nothing is checked yet. */
export interface ImportItem {
  kind: 'task' | 'recurring_task'
  /** Where in the file: `line 3`, `tasks.0`. */
  place: string
  /** What the file calls it; undefined when it has no name for it. */
  uid: string | undefined
  /** What it is named by when it has no name, if not by its fields: words like "tomorrow" mean another day each time. */
  source?: string
  /** As creating it takes them. */
  fields: Record<string, unknown>
  completed_at: string | null
  /** The series it belonged to where it comes from. */
  series?: { id: string; occurrence: number; is_active: boolean }
  /** What of it did not arrive as it was. */
  notes?: ImportNote[]
  /** What of it was used, as the file calls it. */
  used?: string[]
  /** Why it cannot be read. */
  problem?: string
}

/** An item that has a name. */
export type NamedItem = ImportItem & { uid: string }

/** What a file is read with. */
export interface ImportContext {
  now: Temporal.Instant
  time_zone: string
  /** The person's: how dates are read that may mean two days. */
  locale: string
  /** Of a table: the columns of the file by what they are here. */
  mapping?: Mapping | undefined
}

export const tooMany = (place: string) =>
  new ImportProblem(place, `is more than a file may hold: ${maxItems} tasks; import the rest as another file`)

/** More than a task with all that it may have. */
const maxValuesOfItem = 1_000

/** Refuses an item that holds far more than a task can, without looking at all of it: the rest is checked elsewhere. */
export const withoutOverfull = (item: ImportItem): ImportItem => {
  let open: unknown[] = [item.fields]
  let values = 0
  while (open.length > 0) {
    const inside: unknown[] = []
    for (const nest of open) {
      if (typeof nest !== 'object' || nest === null) continue
      const held = Object.values(nest)
      values += held.length
      if (values > maxValuesOfItem) return { ...item, fields: {}, problem: 'holds more than a task can have' }
      for (const each of held) inside.push(each)
    }
    open = inside
  }
  return item
}

/**
 * Of the tasks of a series the newest open one continues it; the others become single tasks, or each would begin a
 * series of its own. A paused series has no such task: it comes as itself.
 */
export const withoutOldRules = (items: ImportItem[]): ImportItem[] => {
  const newest = new Map<string, ImportItem>()
  for (const item of items) {
    const { series, completed_at } = item
    if (!series?.is_active || completed_at !== null) continue
    const known = newest.get(series.id)?.series
    if (!known || known.occurrence < series.occurrence) newest.set(series.id, item)
  }
  return items.map((item) => {
    const continues = item.completed_at === null && (!item.series || newest.get(item.series.id) === item)
    if (continues || item.kind === 'recurring_task') return item
    const { recurrence_rule: _, ...fields } = item.fields
    return { ...item, fields }
  })
}

/** Names those that have no name: a hash of the content plus its ordinal among equal items. */
export const withUids = (items: ImportItem[], now: string): NamedItem[] => {
  const seen = new Map<string, number>()
  return items.map((item) => {
    if (item.uid !== undefined) return { ...item, uid: item.uid }
    const content = createHash('sha256')
      // What is completed at no known time is so now, and would be another item each time.
      .update(item.source ?? JSON.stringify([item.fields, item.completed_at === now ? 'completed' : item.completed_at]))
      .digest('base64url')
    const number = (seen.get(content) ?? 0) + 1
    seen.set(content, number)
    return { ...item, uid: `${content}/${number}` }
  })
}
