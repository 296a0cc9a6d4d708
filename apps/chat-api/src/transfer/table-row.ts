import type { ImportItem } from './import-item.ts'
import { createNotes, type Notes, noteUnused } from './import-note.ts'

/** A line of a table, or an object of JSON, by the names of its fields. What nobody takes of it is noted. */
export interface TableRow {
  place: string
  notes: Notes
  /** The fields that have something, in small letters, in their order. */
  names: () => string[]
  /** The text of a field, which counts as used; empty when there is none. Names are in small letters. */
  take: (name: string) => string
  /** The same, as it is. */
  takeRaw: (name: string) => unknown
  /** Fields that say nothing to people, or nothing while they are as `usual`. */
  skip: (names: string[], usual?: RegExp) => void
  /** What an item says of itself, once everything that is used was taken. */
  report: () => Required<Pick<ImportItem, 'place' | 'notes' | 'used' | 'source'>>
}

export const createRow = (place: string, fields: (readonly [name: string, value: unknown])[]): TableRow => {
  const written = new Map(fields.map(([name]) => [name.trim().toLowerCase(), name.trim()]))
  const notes = namedAs(written)
  const left = new Map<string, { name: string; value: unknown }>()
  const used: string[] = []
  for (const [name, value] of fields) {
    const key = name.trim().toLowerCase()
    if (!isEmpty(value))
      left.set(left.has(key) ? `${key} ${left.size}` : key, { name: name.trim() || 'a column', value })
  }
  const takeRaw = (name: string): unknown => {
    const found = left.get(name)
    left.delete(name)
    if (found) used.push(found.name)
    return found?.value
  }
  return {
    place,
    notes,
    names: () => [...left.keys()],
    takeRaw,
    take: (name) => textOf(takeRaw(name)).trim(),
    skip: (names, usual = /^/) => {
      for (const name of names) if (usual.test(textOf(left.get(name)?.value))) left.delete(name)
    },
    report: () => {
      noteUnused(
        [...left.values()].map(({ name }) => name),
        notes,
      )
      return { place, notes: notes.list, used, source: JSON.stringify(fields.filter(([, value]) => !isEmpty(value))) }
    },
  }
}

/** Notes that call fields as the file does. */
const namedAs = (written: Map<string, string>): Notes => {
  const { changed, leftOut, ...notes } = createNotes()
  const nameOf = (field: string) => written.get(field.toLowerCase()) || field
  return {
    ...notes,
    changed: (field, reason, message) => changed(nameOf(field), reason, message),
    leftOut: (field, reason, message) => leftOut(nameOf(field), reason, message),
  }
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  (typeof value === 'string' && value.trim() === '') ||
  (typeof value === 'object' && Object.keys(value).length === 0)

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
