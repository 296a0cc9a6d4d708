import { decodeFile } from './decode-file.ts'
import { readCalendarImport } from './import-calendar.ts'
import { readCsvImport } from './import-csv.ts'
import { type ImportContext, type ImportItem, type NamedItem, withoutOldRules, withUids } from './import-item.ts'
import { readJsonImport } from './import-json.ts'

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
}

/** What a file holds, each item with a name. Throws ImportProblem. */
export const readImport = ({ type, text, charset = 'utf-8', now, time_zone }: ImportFile): NamedItem[] => {
  const content = typeof text === 'string' ? text : decodeFile(text, charset, type === 'text/calendar')
  const items = readers[type](content, { now: Temporal.Instant.from(now), time_zone })
  return withUids(withoutOldRules(items))
}
