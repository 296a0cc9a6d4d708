import { instantIn } from '../tasks/local-time.ts'
import { CsvProblem, readCsv, readList } from './csv.ts'
import { type CsvColumn, csvColumns } from './csv-tasks.ts'
import { type ImportContext, type ImportItem, maxItems, tooMany, withoutOverfull } from './import-item.ts'
import { ImportProblem } from './import-problem.ts'

/** Reads CSV with a line of column names; all but `title` may be missing or empty. Problem 422 naming the line. */
export const readCsvImport = (text: string, context: ImportContext): ImportItem[] => {
  const [header, ...rows] = rowsOf(text)
  const columns = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase())
  const isEmpty = (index: number) => rows.every(({ cells }) => (cells[index] ?? '').trim() === '')
  // Spreadsheets write columns that have nothing, not even a name.
  const named = columns.filter((column, index) => column !== '' || !isEmpty(index))
  const unknown = named.find((column) => !csvColumns.includes(column as CsvColumn))
  if (unknown !== undefined)
    throw new ImportProblem('line 1', `"${unknown}" is no column; there are ${csvColumns.join(', ')}`)
  if (!columns.includes('title')) throw new ImportProblem('line 1', 'must name the columns, one of them title')
  if (new Set(named).size < named.length) throw new ImportProblem('line 1', 'names a column twice')
  if (rows.length > maxItems) throw tooMany(`line ${rows[maxItems]!.line}`)
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  return filled.map(({ line, cells }) => {
    const given = columns
      .map((column, index) => [column, cells[index]!] as const)
      .filter(([, cell]) => cell.trim() !== '')
    return withoutOverfull(itemOf(Object.fromEntries(given), `line ${line}`, context))
  })
}

const rowsOf = (text: string) => {
  try {
    return readCsv(text, maxItems + 1)
  } catch (error) {
    if (!(error instanceof CsvProblem)) throw error
    throw new ImportProblem(`line ${error.line}`, `this is no CSV: ${error.message}`)
  }
}

/** As spreadsheets of several languages, and people, write them. */
const isTrue = /^(?:true|yes|y|1|x|✓|✔|wahr|ja|vrai|oui|verdadero|s[ií]|done|completed)$/
const isFalse = /^(?:false|no|n|0|-|falsch|nein|faux|non|falso|open)$/

/** `31.12.2026`, with or without a time, and `2026-12-31 9:05`, in the form of ISO 8601. Others stay as they are. */
const dated = (text: string): string =>
  text
    .trim()
    .replace(/^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?=$|\s)/, (_, day: string, month: string, year: string) =>
      [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'),
    )
    .replace(/^(\d{4}-\d\d-\d\d)[ T](\d):(?=\d\d)/, '$1 0$2:')

const isDate = (text: string, zone: string): boolean => {
  try {
    Temporal.Instant.from(instantIn(text, zone))
    return true
  } catch {
    return false
  }
}

/** A day is due on that day, without a time. */
const dueOf = (text: string, zone: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) ? { due_date: null, due_on: text } : { due_date: instantIn(text, zone) }

const itemOf = (
  row: Partial<Record<CsvColumn, string>>,
  place: string,
  { now, time_zone }: ImportContext,
): ImportItem => {
  const { id, is_completed, completed_at, tags, reminders, series_id, occurrence, created_at: _, ...texts } = row
  const zone = row.time_zone ?? time_zone
  const item: ImportItem = { kind: 'task', place, uid: id, fields: {}, completed_at: null }
  const done = is_completed?.trim().toLowerCase() ?? 'false'
  if (!row.title?.trim()) return { ...item, problem: 'title: must not be empty' }
  if (!isTrue.test(done) && !isFalse.test(done)) return { ...item, problem: 'is_completed: must be true or false' }
  for (const name of ['due_date', 'completed_at'] as const) {
    const text = row[name]
    if (text && !isDate(dated(text), zone))
      return {
        ...item,
        problem: `${name}: "${text.slice(0, 40)}" is no date; write 2026-12-31, 2026-12-31 09:00 or 31.12.2026`,
      }
  }
  try {
    return {
      ...item,
      fields: {
        ...texts,
        ...(row.priority ? { priority: row.priority.toLowerCase() } : {}),
        ...(row.due_date ? dueOf(dated(row.due_date), zone) : {}),
        ...(row.recurrence_interval ? { recurrence_interval: Number(row.recurrence_interval) } : {}),
        ...(tags ? { tags: readList(tags) } : {}),
        ...(reminders ? { reminders: readList(reminders).map(reminderOf) } : {}),
      },
      completed_at: isTrue.test(done) ? (completed_at ? instantIn(dated(completed_at), zone) : now.toString()) : null,
      ...(series_id ? { series: { id: series_id, occurrence: Number(occurrence) || 0, is_active: true } } : {}),
    }
  } catch (error) {
    if (!(error instanceof CsvProblem)) throw error
    return { ...item, problem: `a list is no CSV: ${error.message}` }
  }
}

/** `before PT30M`, `at 2026-04-01T09:00:00Z`, `1_hour_before` */
const reminderOf = (text: string): Record<string, string> => {
  const [type = '', value] = text.split(/\s+/, 2)
  return { type, ...(value === undefined ? {} : type === 'at' ? { at: value } : { offset: value }) }
}
