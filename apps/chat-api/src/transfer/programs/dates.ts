import { isTimeZone } from '@taskflow/recurrence'
import type { TableRow } from '../table-row.ts'
import { readWrittenDate, type WrittenDate } from '../written-date.ts'
import type { TableContext } from './program.ts'

/** The date of a field; noted when it cannot be read. */
export const takeDate = (
  row: TableRow,
  field: string,
  { order, locale, time_zone }: TableContext,
  zone = time_zone,
): WrittenDate | undefined => {
  const text = row.take(field)
  if (text === '') return undefined
  const date = readWrittenDate(text, { zone, order, locale }, row.notes, field)
  if (!date) row.notes.leftOut(field, 'unreadable', `"${text.slice(0, 40)}" is no date`)
  return date
}

/** The instant of a date; a day counts from 09:00. */
export const instantOf = (date: WrittenDate, zone: string): string =>
  'instant' in date
    ? date.instant
    : Temporal.PlainDate.from(date.day).toZonedDateTime({ timeZone: zone, plainTime: '09:00' }).toInstant().toString()

/** The time zone of a field, if it names one. */
export const takeZone = (row: TableRow, field: string, otherwise: string): string => {
  const name = row.take(field)
  if (name === '' || isTimeZone(name)) return name || otherwise
  row.notes.changed(field, 'zone-unknown', `the time zone "${name.slice(0, 60)}" is not known; read as ${otherwise}`)
  return otherwise
}

/** A day on which something starts beside the one by which it is due; tasks have one of them. */
export const takeStart = (
  row: TableRow,
  field: string,
  due: WrittenDate | undefined,
  context: TableContext,
  zone = context.time_zone,
): WrittenDate | undefined => {
  const start = takeDate(row, field, context, zone)
  if (!due || !start) return due ?? start
  if (JSON.stringify(start) !== JSON.stringify(due))
    row.notes.leftOut(field, 'not-supported', 'tasks have a due date and no start')
  return due
}
