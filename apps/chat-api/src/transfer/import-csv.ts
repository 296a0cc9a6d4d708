import { CsvProblem, readCsv } from './csv.ts'
import { csvColumns } from './csv-tasks.ts'
import { type ImportContext, type ImportItem, maxItems, tooMany, withoutOverfull } from './import-item.ts'
import { ImportProblem } from './import-problem.ts'
import { isColumn, type Mapping, suggestMapping } from './mapping.ts'
import { programOf } from './programs/programs.ts'
import { itemOfRow } from './table-item.ts'
import { createRow, type TableRow } from './table-row.ts'
import { dateOrder } from './written-date.ts'

interface Row {
  line: number
  cells: string[]
}

/** Programs write a few lines about the file before the names of the columns. */
const maxPreamble = 10

/**
 * Reads CSV with a line of column names: ours, of which all but `title` may be missing, those of a program that is
 * known, or any with a mapping. Problem 422 naming the line; of unknown columns it suggests a mapping.
 */
export const readCsvImport = (text: string, context: ImportContext): ImportItem[] => {
  const lines = rowsOf(text)
  const named = lines.slice(0, maxPreamble).map(({ cells }) => namesOf(cells))
  const known = context.mapping ? -1 : named.findIndex((columns) => programOf(columns))
  const program = known < 0 ? undefined : programOf(named[known]!)
  const [header, ...rows] = lines.slice(Math.max(0, known))
  checkWidths(header, rows, program !== undefined)
  if (rows.length > maxItems) throw tooMany(`line ${rows[maxItems]!.line}`)
  const columns = program ? header!.cells : ownColumns(header, rows, context.mapping)
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  const tableRows = filled.map(({ line, cells }) => rowOf(line, columns, cells))
  const order = dateOrder(cellsOf(filled), context.locale)
  const table = { ...context, order }
  const items = program ? program.read(tableRows, table) : tableRows.map((row) => itemOfRow(row, table))
  return items.map(withoutOverfull)
}

const rowsOf = (text: string): Row[] => {
  try {
    return readCsv(text, maxItems + 1 + maxPreamble)
  } catch (error) {
    if (!(error instanceof CsvProblem)) throw error
    throw new ImportProblem(`line ${error.line}`, `this is no CSV: ${error.message}`)
  }
}

const namesOf = (cells: string[]): string[] => cells.map((cell) => cell.trim().toLowerCase())

/** Cells without a column would be lost. */
const checkWidths = (header: Row | undefined, rows: Row[], isLenient: boolean): void => {
  const width = header?.cells.length ?? 0
  const odd = rows.find(({ cells }) => (isLenient ? cells.length > width : cells.length !== width))
  if (odd)
    throw new ImportProblem(`line ${odd.line}`, `has ${odd.cells.length} columns where the first line has ${width}`)
}

function* cellsOf(rows: Row[]): Generator<string> {
  for (const { cells } of rows) yield* cells
}

const rowOf = (line: number, columns: string[], cells: string[]): TableRow =>
  createRow(
    `line ${line}`,
    cells.flatMap((cell, index) => (cell === '' ? [] : [[columns[index] ?? '', cell] as const])),
  )

/** What the columns are here; those that a mapping leaves out keep their names. Throws ImportProblem. */
const ownColumns = (header: Row | undefined, rows: Row[], mapping: Mapping | undefined): string[] => {
  const written = (header?.cells ?? []).map((cell) => cell.trim())
  const isEmpty = (index: number) => rows.every(({ cells }) => (cells[index] ?? '').trim() === '')
  // Spreadsheets write columns that have nothing, not even a name.
  const named = namesOf(written).filter((column, index) => column !== '' || !isEmpty(index))
  if (new Set(named).size < named.length) throw new ImportProblem('line 1', 'names a column twice')
  if (mapping) return mappedColumns(written, mapping)
  const unknown = named.find((column) => !isColumn(column))
  if (unknown !== undefined)
    throw new ImportProblem(
      'line 1',
      `"${unknown.slice(0, 100)}" is no column; there are ${csvColumns.join(', ')}`,
      'invalid',
      suggestMapping(written),
    )
  if (!named.includes('title')) throw new ImportProblem('line 1', 'must name the columns, one of them title')
  return namesOf(written)
}

const mappedColumns = (written: string[], mapping: Mapping): string[] => {
  const fields = new Map(Object.entries(mapping).map(([field, column]) => [column, field]))
  const missing = [...fields.keys()].find((column) => !namesOf(written).includes(column))
  if (missing !== undefined)
    throw new ImportProblem(
      'mapping',
      `"${missing.slice(0, 100)}" is no column of the file`,
      'invalid',
      suggestMapping(written),
    )
  const columns = written.map((column) => {
    const name = column.toLowerCase()
    // A column of ours that the mapping takes from elsewhere is one of theirs.
    return fields.get(name) ?? (isColumn(name) && Object.hasOwn(mapping, name) ? `${column} (as written)` : column)
  })
  if (!columns.some((column) => column.toLowerCase() === 'title'))
    throw new ImportProblem('mapping', 'must name the column of the title', 'invalid', suggestMapping(written))
  return columns
}
