import { isDay } from '@taskflow/event-contracts'
import { instantIn } from '../tasks/local-time.ts'
import type { Notes } from './import-note.ts'

/** Which number of 01/02/2026 is the month, and whether the file itself shows it. */
export interface DateOrder {
  monthFirst: boolean
  isShown: boolean
}

/** `01/02/2026`, with what follows. */
const numbers = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?=$|[\sT,])/

/** The order in the dates of a file: as one of them shows that can be read in one way only, else that of the locale. */
export const dateOrder = (texts: Iterable<string>, locale: string): DateOrder => {
  const shown = new Set<boolean>()
  for (const text of texts) {
    const [, first, second] = numbers.exec(text.trim()) ?? []
    if (Number(first) > 12 && Number(second) <= 12) shown.add(false)
    if (Number(second) > 12 && Number(first) <= 12) shown.add(true)
  }
  const [monthFirst] = shown
  return shown.size === 1
    ? { monthFirst: monthFirst!, isShown: true }
    : { monthFirst: isMonthFirst(locale), isShown: false }
}

const isMonthFirst = (locale: string): boolean => {
  const types = formatOf(locale, { dateStyle: 'short' })
    .formatToParts(0)
    .map(({ type }) => type)
  return types.indexOf('month') < types.indexOf('day')
}

const formatOf = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  // English alone is that of the United States.
  const own = { ...options, timeZone: 'UTC', calendar: 'gregory' }
  try {
    return new Intl.DateTimeFormat(locale, own)
  } catch {
    return new Intl.DateTimeFormat('en', own)
  }
}

/** The number of each month by its names, in a language and in English. */
const monthsOf = (locale: string): Map<string, number> => {
  const known = months.get(locale)
  if (known) return known
  const found = new Map<string, number>()
  for (const language of ['en', locale])
    for (const month of ['long', 'short'] as const)
      for (let number = 1; number <= 12; number++)
        for (const options of [{ month }, { month, day: 'numeric' as const }]) {
          const parts = formatOf(language, options).formatToParts(Date.UTC(2026, number - 1, 1))
          const name = parts.find(({ type }) => type === 'month')!.value
          found.set(name.toLowerCase().replace(/\.$/, ''), number)
        }
  if (months.size > 50) months.clear()
  months.set(locale, found)
  return found
}
const months = new Map<string, Map<string, number>>()

const padded = (year: string, month: string | number, day: string): string =>
  [year, String(month).padStart(2, '0'), day.padStart(2, '0')].join('-')

/** The day of a date as people and programs write it, and what follows. */
const readDay = (text: string, order: DateOrder, locale: string) => {
  const [iso, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[\sT,])/.exec(text) ?? []
  if (iso) return { day: padded(year!, month!, day!), rest: text.slice(iso.length) }
  const [dotted, d, m, y] = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?=$|[\s,])/.exec(text) ?? []
  if (dotted) return { day: padded(y!, m!, d!), rest: text.slice(dotted.length) }
  const [both, first, second, last] = numbers.exec(text) ?? []
  if (both) {
    const [a, b] = [Number(first), Number(second)]
    const isAmbiguous = a <= 12 && b <= 12 && a !== b && !order.isShown
    const monthFirst = a > 12 ? false : b > 12 ? true : order.monthFirst
    const date = monthFirst ? padded(last!, first!, second!) : padded(last!, second!, first!)
    return { day: date, rest: text.slice(both.length), isAmbiguous }
  }
  const words =
    /^(?:\p{L}{2,12}\.?,?\s+)?(\d{1,2})(?:\.|st|nd|rd|th|er)?\s+(?:de\s+)?(\p{L}{3,12})\.?,?\s+(?:de\s+)?(\d{4})(?=$|[\s,])/u.exec(
      text,
    )
  if (words) {
    const number = monthsOf(locale).get(words[2]!.toLowerCase())
    return number === undefined
      ? undefined
      : { day: padded(words[3]!, number, words[1]!), rest: text.slice(words[0].length) }
  }
  const english = /^(?:\p{L}{2,12}\.?,?\s+)?(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?=$|[\s,])/u.exec(
    text,
  )
  const number = english && monthsOf(locale).get(english[1]!.toLowerCase())
  return number ? { day: padded(english[3]!, number, english[2]!), rest: text.slice(english[0].length) } : undefined
}

const timeOfDay = /^[,\sT]*(\d{1,2})(?::(\d\d))?(?::(\d\d))?(?:[.,]\d+)?\s*([ap])?\.?m?\.?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i

/** When something is due: on a day, or at a time. */
export type WrittenDate = { day: string } | { instant: string }

/**
 * A date as people and programs write it: `2026-12-31`, `31.12.2026 9:05`, `12/31/2026 5 PM`, `31 Dec 2026`, with or
 * without an offset; without one it is on the clock of `zone`. Undefined when it is none.
 */
export const readWrittenDate = (
  written: string,
  { zone, order, locale }: { zone: string; order: DateOrder; locale: string },
  notes?: Notes,
  field = '',
): WrittenDate | undefined => {
  const text = written.trim()
  if (text.length > 100) return undefined
  if (/^\d{4}-\d\d-\d\d[T ]/.test(text) && isInstant(instantIn(text, zone))) return { instant: instantIn(text, zone) }
  const found = readDay(text, order, locale)
  if (!found) return undefined
  const instant = found.rest.trim() === '' ? undefined : withTime(found.day, found.rest, zone)
  if (instant === undefined ? found.rest.trim() !== '' || !isDay(found.day) : !isInstant(instant)) return undefined
  if ('isAmbiguous' in found && found.isAmbiguous) {
    const meant = order.monthFirst ? 'the month' : 'the day'
    notes?.changed(
      field,
      'date-ambiguous',
      `"${text.slice(0, 30)}" may be two days; its first number is read as ${meant}`,
    )
  }
  return instant === undefined ? { day: found.day } : { instant }
}

const isInstant = (text: string): boolean => {
  try {
    Temporal.Instant.from(text)
    return true
  } catch {
    return false
  }
}

const withTime = (day: string, rest: string, zone: string): string | undefined => {
  const [, hour, minute, second = '00', half, offset = ''] = timeOfDay.exec(rest) ?? []
  if (hour === undefined || (minute === undefined && half === undefined)) return undefined
  const twelve = half ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour)
  const time = `${String(twelve).padStart(2, '0')}:${minute ?? '00'}:${second}`
  return instantIn(`${day}T${time}${offset}`, zone)
}
