import { decodeFile } from './decode-file.ts'
import { readCalendarImport } from './import-calendar.ts'
import { readCsvImport } from './import-csv.ts'
import { type ImportContext, type ImportItem, type NamedItem, withoutOldRules, withUids } from './import-item.ts'
import { readJsonImport } from './import-json.ts'
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
  /** Of bytes; UTF-8 by default. */
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
  const { type, text, charset = 'utf-8', now, time_zone, locale } = file
  const content = typeof text === 'string' ? text : decodeFile(text, charset, type === 'text/calendar')
  const mapping = file.mapping === undefined || type !== 'text/csv' ? undefined : readMapping(file.mapping)
  const items = readers[type](content, { now: Temporal.Instant.from(now), time_zone, locale, mapping })
  return withUids(withoutOldRules(items), now)
}
