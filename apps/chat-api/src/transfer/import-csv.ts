import { instantIn } from '../tasks/local-time.ts'
import { CsvProblem, readCsv, readList } from './csv.ts'
import { type CsvColumn, csvColumns } from './csv-tasks.ts'
import { type ImportContext, type ImportItem, maxItems, tooMany, withoutOverfull } from './import-item.ts'
import { ImportProblem } from './import-problem.ts'

/** Reads CSV with a line of column names; all but `title` may be missing or empty. Problem 422 naming the line. */
export const readCsvImport = (text: string, context: ImportContext): ImportItem[] => {
  const [header, ...rows] = rowsOf(text)
  const columns = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase())
  const unknown = columns.find((column) => !csvColumns.includes(column as CsvColumn))
  if (unknown !== undefined)
    throw new ImportProblem('line 1', `"${unknown}" is no column; there are ${csvColumns.join(', ')}`)
  if (!columns.includes('title')) throw new ImportProblem('line 1', 'must name the columns, one of them title')
  if (new Set(columns).size < columns.length) throw new ImportProblem('line 1', 'names a column twice')
  if (rows.length > maxItems) throw tooMany(`line ${rows[maxItems]!.line}`)
  return rows.map(({ line, cells }) => {
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

const itemOf = (
  row: Partial<Record<CsvColumn, string>>,
  place: string,
  { now, time_zone }: ImportContext,
): ImportItem => {
  const { id, is_completed, completed_at, tags, reminders, series_id, occurrence, created_at: _, ...texts } = row
  const zone = row.time_zone ?? time_zone
  const item: ImportItem = { kind: 'task', place, uid: id, fields: {}, completed_at: null }
  const done = is_completed?.toLowerCase() ?? 'false'
  if (!/^(?:true|false|yes|no|1|0)$/.test(done)) return { ...item, problem: 'is_completed: must be true or false' }
  try {
    return {
      ...item,
      fields: {
        ...texts,
        ...(row.priority ? { priority: row.priority.toLowerCase() } : {}),
        ...(row.due_date ? { due_date: instantIn(row.due_date, zone) } : {}),
        ...(row.recurrence_interval ? { recurrence_interval: Number(row.recurrence_interval) } : {}),
        ...(tags ? { tags: readList(tags) } : {}),
        ...(reminders ? { reminders: readList(reminders).map(reminderOf) } : {}),
      },
      completed_at: /^(?:true|yes|1)$/.test(done)
        ? completed_at
          ? instantIn(completed_at, zone)
          : now.toString()
        : null,
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
