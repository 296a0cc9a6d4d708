import { CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { textLines } from './text-lines.ts'

/** What a spreadsheet would take for a formula, with any number of apostrophes before it. */
const formula = /^'*[=+\-@\t\r＝＋－＠]/

/**
 * Rows of cells as CSV (RFC 4180). A cell that would be a formula gets an apostrophe, which `readCsv` takes away again.
 */
export const writeCsv = (rows: string[][]): string =>
  stringify(
    rows.map((row) => row.map((cell) => (formula.test(cell) ? `'${cell}` : cell))),
    { record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
  )

const unquoted = (cell: string): string => (cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell)

/** No task is longer, whatever it consists of. */
const maxRecord = 200_000
/** Rows of empty cells would take far more memory than the file. */
const maxColumns = 1_000

/** Why a text is no CSV, and in which line. */
export class CsvProblem extends Error {
  override name = 'CsvProblem'
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** At most `max` + 1 rows, with the lines they begin at. Throws CsvProblem. */
export const readCsv = (file: string, max: number): { line: number; cells: string[] }[] => {
  const { text, delimiter } = separated(file)
  // A single line of ten million cells would take seconds.
  let number = 0
  for (const line of textLines(text)) {
    number++
    if (line.length >= maxRecord) throw new CsvProblem(number, 'is too long')
  }
  const rows: { line: number; cells: string[] }[] = []
  let twice = 0
  try {
    parse(text, {
      bom: true,
      delimiter,
      // Only a text without any LF ends its lines with CR. Those within quotes stay as they are.
      record_delimiter: text.includes('\n') ? ['\r\n', '\n'] : '\r',
      skip_empty_lines: true,
      // Whether all rows are equally long is for the reader to say: some programs begin with lines about the file.
      relax_column_count: true,
      max_record_size: maxRecord,
      on_record: (record: string[], { lines }) => {
        if (record.length > maxColumns) throw new CsvProblem(lines, 'has too many columns')
        // csv-parse reports the line where a row ends, and counts CRLF within quotes twice.
        const breaks = record.reduce((count, cell) => count + countOf(cell, '\n') + countOf(cell, '\r'), 0)
        rows.push({ line: lines - twice - breaks, cells: record.map(unquoted) })
        twice += record.reduce((count, cell) => count + countOf(cell, '\r\n'), 0)
        return null
      },
      to: max + 1,
    })
    return rows
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new CsvProblem(Number(error.lines ?? 1), error.message.replace(/ at line \d+.*$/, ''))
  }
}

const countOf = (text: string, part: string): number => text.split(part).length - 1

/**
 * What separates the columns: what a first line `sep=;` says, which spreadsheets write and read, or what the names are
 * separated by. Spreadsheets of many countries write semicolons, and tabs when they write UTF-16.
 */
const separated = (file: string): { text: string; delimiter: string } => {
  const [line, separator] = /^\ufeff?"?sep=([;,|\t])"?(?=\r?\n|\r)/i.exec(file) ?? []
  // An empty line instead, so that lines keep their numbers.
  if (line && separator) return { text: file.slice(line.length), delimiter: separator }
  const header = /^\s*(.{0,10000})/.exec(file)![1]!
  return { text: file, delimiter: [',', ';', '\t'].find((each) => header.includes(each)) ?? ',' }
}

/** A list in one cell: CSV again, so that items may hold commas and whatever else separates lists. */
export const writeList = (items: string[]): string =>
  items.length === 0 ? '' : stringify([items], { record_delimiter: '', quoted_match: /[;\t\r\n]/ })

/** No list of a task is longer. */
const maxList = 20_000

/** Throws CsvProblem. */
export const readList = (cell: string): string[] => {
  if (cell.length > maxList) throw new CsvProblem(1, 'is too long')
  const delimiter = [',', ';', '\t'].find((each) => cell.includes(each)) ?? ','
  try {
    const [items = []]: string[][] = parse(cell.trim(), { delimiter, relax_column_count: true, to: 1 })
    return items.map((item) => item.trim()).filter((item) => item !== '')
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new CsvProblem(1, error.message.replace(/ at line \d+.*$/, ''))
  }
}
