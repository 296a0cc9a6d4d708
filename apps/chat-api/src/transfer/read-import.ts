import { decodeFile } from './decode-file.ts'
import { readCalendarImport } from './import-calendar.ts'
import { readCsvImport } from './import-csv.ts'
import { type ImportContext, type ImportItem, type NamedItem, withoutOldRules, withUids } from './import-item.ts'
import { readJsonImport } from './import-json.ts'
import { createNotes } from './import-note.ts'
import { readMapping } from './mapping.ts'

const readers = {
  'application/json': readJsonImport,
  'text/csv': readCsvImport,
  'text/calendar': readCalendarImport,
} satisfies Record<string, (text: string, context: ImportContext) => ImportItem[]>

export type ImportType = keyof typeof readers

/** A file of a person, still unread. */
export interface ImportFile {
  type: ImportType
  /** Its text, or its bytes. */
  text: string | Uint8Array
  /** Of bytes, when it is declared. */
  charset?: string
  /** When it is read, ISO 8601. */
  now: string
  /** The person's, for times without a zone. */
  time_zone: string
  /** The person's, for dates that may mean two days. */
  locale: string
  /** Of a table: what its columns are here, as JSON. */
  mapping?: string | undefined
}

/** What a file holds, each item with a name. Throws ImportProblem. */
export const readImport = (file: ImportFile): NamedItem[] => {
  const { type, text, charset, now, time_zone, locale } = file
  const { content, isGuessed } =
    typeof text === 'string' ? { content: text } : decodeFile(text, charset, type === 'text/calendar')
  const mapping = file.mapping === undefined || type !== 'text/csv' ? undefined : readMapping(file.mapping)
  const items = readers[type](content, { now: Temporal.Instant.from(now), time_zone, locale, mapping })
  const named = withUids(withoutOldRules(items), now)
  return isGuessed ? named.map(withGuessedLetters) : named
}

/** Says of an item with other letters than ASCII that their encoding was not declared. */
const withGuessedLetters = (item: NamedItem): NamedItem => {
  if (!/[^\0-\x7f]/.test(JSON.stringify(item.fields))) return item
  const notes = createNotes()
  notes.changed('charset', 'read-as-windows-1252', 'the file is not UTF-8; it was read as Windows-1252')
  return { ...item, notes: [...notes.list, ...(item.notes ?? [])] }
}
