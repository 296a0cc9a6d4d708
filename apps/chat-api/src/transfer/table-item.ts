import { instantIn } from '../tasks/local-time.ts'
import { CsvProblem, readList } from './csv.ts'
import type { CsvColumn } from './csv-tasks.ts'
import type { ImportItem } from './import-item.ts'
import { isColumn } from './mapping.ts'
import type { TableContext } from './programs/program.ts'
import type { TableRow } from './table-row.ts'
import { readWrittenDate, type WrittenDate } from './written-date.ts'

/** As spreadsheets of several languages, and people, write them. */
const isTrue =
  /^(?:true|yes|y|1|x|✓|✔|☑|wahr|ja|vrai|oui|verdadero|s[ií]|done|completed?|finished|closed|erledigt|fertig|abgeschlossen|fait|terminée?|hech[ao]|completad[ao])$/
const isFalse =
  /^(?:false|no|n|0|-|☐|falsch|nein|faux|non|falso|open|todo|to do|not started|in progress|pending|active|offen|in arbeit|à faire|en cours|pendiente)$/

const priorities: [RegExp, string][] = [
  [/^(?:high|highest|hoch|haute?|élevée?|alt[ao]|urgent|important|critical|dringend|wichtig)$/, 'high'],
  [/^(?:medium|normal|none|mittel|keine|moyenne?|normale|media|ninguna)$/, 'medium'],
  [/^(?:low|lowest|niedrig|basse|faible|baj[ao])$/, 'low'],
]

/** A row of a table with our columns. */
export const itemOfRow = (row: TableRow, { now, time_zone, order, locale }: TableContext): ImportItem => {
  // In the order of the file and untrimmed: what has no id is named by them.
  const cells: Partial<Record<CsvColumn, string>> = Object.fromEntries(
    row
      .names()
      .filter(isColumn)
      .map((column) => [column, String(row.takeRaw(column))]),
  )
  const { id, is_completed, completed_at, tags, reminders, series_id, occurrence, created_at: _, ...texts } = cells
  const zone = cells.time_zone ?? time_zone
  const { source: _source, ...report } = row.report()
  const item: ImportItem = { kind: 'task', uid: id, fields: {}, completed_at: null, ...report }
  const done = is_completed?.trim().toLowerCase() ?? 'false'
  if (!cells.title?.trim()) return { ...item, problem: 'title: must not be empty' }
  if (!isTrue.test(done) && !isFalse.test(done)) return { ...item, problem: 'is_completed: must be true or false' }
  const dates: Partial<Record<'due_date' | 'completed_at', WrittenDate>> = {}
  for (const name of ['due_date', 'completed_at'] as const) {
    const text = cells[name]
    if (!text) continue
    const date = readWrittenDate(text, { zone, order, locale }, row.notes, name)
    if (!date)
      return {
        ...item,
        problem: `${name}: "${text.slice(0, 40)}" is no date; write 2026-12-31, 2026-12-31 09:00 or 31.12.2026`,
      }
    dates[name] = date
  }
  try {
    return {
      ...item,
      fields: {
        ...texts,
        ...(cells.priority ? { priority: priorityOf(cells.priority) } : {}),
        ...(dates.due_date ? dueOf(dates.due_date) : {}),
        ...(cells.recurrence_interval ? { recurrence_interval: Number(cells.recurrence_interval) } : {}),
        ...(tags ? { tags: readList(tags) } : {}),
        ...(reminders ? { reminders: readList(reminders).map(reminderOf) } : {}),
      },
      completed_at: isTrue.test(done) ? instantOf(dates.completed_at, zone, now) : null,
      ...(series_id ? { series: { id: series_id, occurrence: Number(occurrence) || 0, is_active: true } } : {}),
    }
  } catch (error) {
    if (!(error instanceof CsvProblem)) throw error
    return { ...item, problem: `a list is no CSV: ${error.message}` }
  }
}

const priorityOf = (text: string): string =>
  priorities.find(([words]) => words.test(text.trim().toLowerCase()))?.[1] ?? text.toLowerCase()

/** A day is due on that day, without a time. */
const dueOf = (date: WrittenDate) => ('day' in date ? { due_date: null, due_on: date.day } : { due_date: date.instant })

const instantOf = (date: WrittenDate | undefined, zone: string, now: Temporal.Instant): string =>
  date === undefined ? now.toString() : 'day' in date ? instantIn(date.day, zone) : date.instant

/** `before PT30M`, `at 2026-04-01T09:00:00Z`, `1_hour_before` */
const reminderOf = (text: string): Record<string, string> => {
  const [type = '', value] = text.split(/\s+/, 2)
  return { type, ...(value === undefined ? {} : type === 'at' ? { at: value } : { offset: value }) }
}
