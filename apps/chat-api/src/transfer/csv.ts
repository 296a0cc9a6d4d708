import { CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'

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
  const text = file.replaceAll('\r\n', '\n')
  const [header = ''] = text.split('\n', 1)
  // A single line of ten million cells would take seconds.
  const long = new RegExp(`[^\\n]{${maxRecord}}`).exec(text)
  if (long) throw new CsvProblem(text.slice(0, long.index).split('\n').length, 'is too long')
  try {
    const rows = parse(text, {
      bom: true,
      // Spreadsheets of many countries write semicolons.
      delimiter: header.includes(';') && !header.includes(',') ? ';' : ',',
      skip_empty_lines: true,
      max_record_size: maxRecord,
      info: true,
      to: max + 1,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return rows.map(({ record, info }) => ({
      // csv-parse reports the line where a row ends.
      line: info.lines - record.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0),
      cells: record.map(unquoted),
    }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new CsvProblem(Number(error.lines ?? 1), error.message.replace(/ at line \d+.*$/, ''))
  }
}

/** A list in one cell: CSV again, so that items may hold commas. */
export const writeList = (items: string[]): string =>
  items.length === 0 ? '' : stringify([items], { record_delimiter: '' })

/** Throws CsvProblem. */
export const readList = (cell: string): string[] =>
  cell.trim() === ''
    ? []
    : readCsv(cell, 1)[0]!
        .cells.map((item) => item.trim())
        .filter((item) => item !== '')
