import { checkRule, occurrences, RecurrenceError, RuleTooExpensive } from '@taskflow/recurrence'
import { icalTime } from './calendar-rule.ts'
import type { Notes } from './import-note.ts'

/** A series of a calendar, on the clock of its zone. */
export interface CalendarSeries {
  start: Temporal.PlainDateTime
  zone: string
  /** `FREQ=...` */
  rules: string[]
  added: Temporal.PlainDateTime[]
  /** Dates that are left out, have entries of their own, or both. */
  excluded: Temporal.PlainDateTime[]
  /** Its tasks are due this long after the dates of the rule. */
  shift: { days: number; time: Temporal.PlainTime }
}

/** The first date that is still to come, and the rule from there on. */
export interface SeriesPlan {
  start: Temporal.PlainDateTime
  due: Temporal.PlainDateTime
  rule: string | undefined
}

/** As many as `recurrence_rule` may have. */
const maxRules = 3
/** What `recurrence_rule` holds, less the rule. */
const maxExceptions = 80

/** Undefined when no date follows `after`. Throws RuleTooExpensive. */
export const planSeries = (
  series: CalendarSeries,
  after: Temporal.Instant | undefined,
  notes: Notes,
): SeriesPlan | undefined => {
  const readable = series.rules.flatMap((rule) => readableRule(rule, notes) ?? [])
  const rules = readable.slice(0, maxRules)
  if (readable.length > maxRules) notes.leftOut('RRULE', 'several-rules', `only the first ${maxRules} rules are taken`)
  const { start, zone, added, excluded, shift } = series
  const local = (lines: string[]) => ({
    rule: lines.join('\n'),
    interval: 1,
    start: start.toString({ smallestUnit: 'second' }),
    time_zone: zone,
  })
  const dates = [
    ...rules.map((rule) => `RRULE:${rule}`),
    `RDATE:${[start, ...added].map(icalLocal).join()}`,
    ...(excluded.length > 0 ? [`EXDATE:${excluded.map(icalLocal).join()}`] : []),
  ]
  const [first] = occurrences(local(dates), { count: 1, ...(after ? { after: after.toString() } : {}) })
  if (!first) return undefined
  const next = Temporal.PlainDateTime.from(first.local)
  const due = next.toPlainDate().add({ days: shift.days }).toPlainDateTime(shift.time)
  const isMoved = shift.days !== 0 || !shift.time.equals(start.toPlainTime())
  const shifted = isMoved ? rules.flatMap((rule) => shiftRule(rule, series) ?? []) : rules
  const isAtStart = shifted.length < rules.length
  if (isAtStart) {
    notes.changed('DUE', 'due-at-start', 'its dates cannot be counted from the due date; each is due when it starts')
  }
  const counted = rules.flatMap((rule, index) => {
    const meant = isAtStart ? rule : shifted[index]!
    return countLeft(meant, local([`RRULE:${rule}`]), first.instant, notes) ?? []
  })
  const move = (date: Temporal.PlainDateTime) =>
    isAtStart ? date : date.toPlainDate().add({ days: shift.days }).toPlainDateTime(shift.time)
  const later = (list: Temporal.PlainDateTime[]) =>
    list.filter((date) => Temporal.PlainDateTime.compare(date, next) > 0).toSorted(Temporal.PlainDateTime.compare)
  const [more, fewer] = [later(added), counted.length > 0 ? later(excluded) : []]
  if (more.length + fewer.length > maxExceptions) {
    notes.leftOut('EXDATE', 'too-many-dates', `of the single dates only the next ${maxExceptions} are kept`)
  }
  const room = Math.max(0, maxExceptions - fewer.length)
  const lines = [
    ...(counted.length + more.length + fewer.length > 1 ? counted.map((rule) => `RRULE:${rule}`) : counted),
    ...(more.length > 0 && room > 0 ? [`RDATE:${more.slice(0, room).map(move).map(icalLocal).join()}`] : []),
    ...(fewer.length > 0 ? [`EXDATE:${fewer.slice(0, maxExceptions).map(move).map(icalLocal).join()}`] : []),
  ]
  return { start: next, due: isAtStart ? next : due, rule: lines.length > 0 ? lines.join('\n') : undefined }
}

const icalLocal = (date: Temporal.PlainDateTime): string => icalTime(date.toString({ smallestUnit: 'second' }))

/** Without what changes nothing; undefined when it cannot be read. */
const readableRule = (written: string, notes: Notes): string | undefined => {
  const rule = written
    .toUpperCase()
    .replaceAll(/\s/g, '')
    .replace(/^RRULE:/, '')
    .split(';')
    .filter((part) => part !== '' && !/^(?:X-.*|RSCALE=GREGORIAN|SKIP=OMIT)$/.test(part))
    .join(';')
  try {
    checkRule(rule)
    return rule
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error
    notes.leftOut('RRULE', 'rule-unreadable', `the rule cannot be used: ${error.part}: ${error.message}`)
    return undefined
  }
}

/** COUNT counts from the start: the dates before the first that is to come are taken off. */
const countLeft = (
  rule: string,
  schedule: Parameters<typeof occurrences>[0],
  first: string,
  notes: Notes,
): string | undefined => {
  const count = Number(/COUNT=(\d+)/.exec(rule)?.[1] ?? 0)
  if (count === 0) return rule
  const passed = occurrences(schedule, { count, before: first }).length
  if (passed === 0) return rule
  notes.changed('RRULE', 'count-passed', `${passed} of its ${count} dates have passed or are done`)
  return passed >= count ? undefined : rule.replace(/COUNT=\d+/, `COUNT=${count - passed}`)
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const shiftDay = (day: string, days: number): string => weekdays[(((weekdays.indexOf(day) + days) % 7) + 7) % 7]!

/** The rule of the due dates; undefined when there is none that gives the same dates. */
const shiftRule = (rule: string, series: CalendarSeries): string | undefined => {
  const { start, zone, shift } = series
  const move = (date: Temporal.PlainDateTime) =>
    date.toPlainDate().add({ days: shift.days }).toPlainDateTime(shift.time)
  let isLost = false
  const parts = rule.split(';').map((part) => {
    const [name, value = ''] = part.split('=')
    if (name === 'BYDAY') {
      if (/\d/.test(value)) isLost = true
      return `BYDAY=${value
        .split(',')
        .map((day) => shiftDay(day, shift.days))
        .join()}`
    }
    if (name === 'WKST') return `WKST=${shiftDay(value, shift.days)}`
    if (name === 'BYMONTHDAY') {
      const moved = value.split(',').map((day) => [Number(day), Number(day) + shift.days] as const)
      if (moved.some(([from, to]) => to === 0 || Math.sign(from) !== Math.sign(to) || to > 28)) isLost = true
      return `BYMONTHDAY=${moved.map(([, to]) => to).join()}`
    }
    if (name === 'UNTIL') {
      const [, date = '', time = '235959', z] = /^(\d{8})(?:T(\d{6}))?(Z)?$/.exec(value) ?? []
      const until = Temporal.PlainDateTime.from(`${date}T${time}`)
      const on = z ? until.toZonedDateTime('UTC').withTimeZone(zone).toPlainDateTime() : until
      return `UNTIL=${icalLocal(on.add(start.until(move(start))))}`
    }
    return part
  })
  if (rule.startsWith('FREQ=WEEKLY') && !/WKST/.test(rule)) parts.push(`WKST=${shiftDay('MO', shift.days)}`)
  const shifted = parts.join(';')
  if (isLost) return undefined
  const plain = shifted.replace(/;WKST=\w\w$/, '')
  // Both are counted: what is shifted must give the dates that the file means.
  const dates = (text: string, from: Temporal.PlainDateTime) =>
    occurrences(
      { rule: text, interval: 1, start: from.toString({ smallestUnit: 'second' }), time_zone: zone },
      { count: 12 },
    ).map(({ local }) => Temporal.PlainDateTime.from(local))
  try {
    const wanted = dates(rule, start)
      .map((date) => move(date).toString())
      .join()
    return [plain, shifted].find((text) => dates(text, move(start)).map(String).join() === wanted)
  } catch (error) {
    if (error instanceof RuleTooExpensive || !(error instanceof RecurrenceError)) throw error
    return undefined
  }
}
