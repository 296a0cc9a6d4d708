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
  text: string
  /** When it is read, ISO 8601. */
  now: string
  /** The person's, for times without a zone. */
  time_zone: string
}

/** What a file holds, each item with a name. Throws ImportProblem. */
export const readImport = ({ type, text, now, time_zone }: ImportFile): NamedItem[] => {
  const items = readers[type](text, { now: Temporal.Instant.from(now), time_zone })
  return withUids(withoutOldRules(items))
}
