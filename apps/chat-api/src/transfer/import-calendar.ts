import { isTimeZone, nextOccurrence, RecurrenceError, RuleTooExpensive } from '@taskflow/recurrence'
import ICAL from 'ical.js'
import { instantIn } from '../tasks/local-time.ts'
import { type CalendarEntry, calendarEntries } from './calendar-lines.ts'
import { type ImportContext, type ImportItem, maxItems, tooMany, withoutOverfull } from './import-item.ts'
import { ImportProblem } from './import-problem.ts'

/** Reads the to-dos and events of an iCalendar file. An event that is over comes as a completed task. */
export const readCalendarImport = (text: string, context: ImportContext): ImportItem[] => {
  const entries = calendarEntries(text, maxItems + 1)
  if (!entries) throw new ImportProblem('line 1', 'this is no calendar: it has no BEGIN:VCALENDAR')
  if (entries.length > maxItems) throw tooMany(`line ${entries[maxItems]!.line}`)
  return entries.map((entry) => withoutOverfull(itemOf(entry, context)))
}

const itemOf = ({ line, text }: CalendarEntry, context: ImportContext): ImportItem => {
  const item = { kind: 'task', place: `line ${line}`, uid: undefined, fields: {}, completed_at: null } as const
  try {
    return { ...item, ...taskOf(ICAL.Component.fromString(text), context) }
  } catch (cause) {
    // Not taken for an event that is over: it would come without its rule.
    if (cause instanceof RuleTooExpensive) return { ...item, problem: `recurrence_rule: ${cause.message}` }
    // Whatever the parser says of it: ical.js throws errors of many kinds.
    return { ...item, problem: `cannot be read: ${cause instanceof Error ? cause.message.slice(0, 200) : 'broken'}` }
  }
}

const priorities = ['medium', 'high', 'high', 'high', 'high', 'medium', 'low', 'low', 'low', 'low']

const taskOf = (entry: ICAL.Component, { now, time_zone }: ImportContext): Partial<ImportItem> => {
  const text = (name: string): string | undefined => entry.getFirstPropertyValue(name)?.toString()
  const uid = uidOf(text('uid'), text('recurrence-id'))
  const status = text('status')?.toUpperCase()
  if (status === 'CANCELLED') return { uid, problem: 'was cancelled' }
  const isEvent = entry.name === 'vevent'
  const date = entry.getFirstProperty('due') ?? entry.getFirstProperty('dtstart')
  const zone = zoneOf(date?.getFirstParameter('tzid'), time_zone)
  const due = date ? instantOf(date, zone) : undefined
  const completed = status === 'COMPLETED' || entry.hasProperty('completed')
  const rule = completed ? undefined : ruleOf(entry)
  const begun = entry.getFirstProperty('dtstart')
  const next = rule && isEvent && begun ? nextDate(rule, begun, zone, now) : due
  const isOver = isEvent && !completed && due !== undefined && (next === undefined || isPast(next, now))
  const completedAt = entry.getFirstProperty('completed')
  return {
    uid,
    fields: {
      title: text('summary') ?? '',
      ...(text('description') ? { description: text('description') } : {}),
      ...(due === undefined ? {} : { due_date: next ?? due, time_zone: zone }),
      priority: priorities[Number(text('priority') ?? 0)] ?? 'medium',
      tags: entry
        .getAllProperties('categories')
        .flatMap((each) => each.getValues().map(String))
        .filter((tag) => tag.trim()),
      ...(text('x-taskflow-category') ? { category: text('x-taskflow-category') } : {}),
      ...(rule && !isOver ? { recurrence_rule: rule } : {}),
      reminders: entry.getAllSubcomponents('valarm').flatMap(reminderOf).slice(0, 20),
    },
    completed_at: completed
      ? completedAt
        ? instantOf(completedAt, zone)
        : now.toString()
      : isOver
        ? (due ?? now.toString())
        : null,
  }
}

const isPast = (date: string, now: Temporal.Instant): boolean => Temporal.Instant.compare(date, now) < 0

/** Our own ids end in a host. A changed date of a series is an entry of its own under the same id. */
const uidOf = (uid: string | undefined, recurrenceId: string | undefined): string | undefined => {
  if (uid === undefined) return undefined
  const [, own] = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})@/i.exec(uid) ?? []
  return recurrenceId === undefined ? (own ?? uid) : `${uid} ${recurrenceId}`
}

/** Some programs write a path that ends in the name of the zone; unknown names are the user's zone. */
const zoneOf = (tzid: string | undefined, otherwise: string): string =>
  [tzid, tzid?.split('/').slice(-2).join('/')].find((zone) => zone && isTimeZone(zone)) ?? otherwise

/** As text: a broken date is refused with the other fields. */
const instantOf = (property: ICAL.Property, zone: string): string => instantIn(String(property.getFirstValue()), zone)

const ruleOf = (entry: ICAL.Component): string | undefined => entry.getFirstPropertyValue('rrule')?.toString()

/** The next date of an event that began long ago; undefined when it has ended. */
const nextDate = (rule: string, begun: ICAL.Property, zone: string, now: Temporal.Instant): string | undefined => {
  const first = instantOf(begun, zone)
  try {
    const start = Temporal.Instant.from(first)
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'second' })
    return nextOccurrence({ rule, interval: 1, start, time_zone: zone }, now.subtract({ milliseconds: 1 }).toString())
      ?.instant
  } catch (error) {
    if (error instanceof RuleTooExpensive) throw error
    // Refused with the other fields.
    if (error instanceof RecurrenceError || error instanceof RangeError) return first
    throw error
  }
}

const reminderOf = (alarm: ICAL.Component): Record<string, string>[] => {
  const trigger = alarm.getFirstProperty('trigger')
  const value = trigger?.getFirstValue()
  if (value instanceof ICAL.Duration) {
    const seconds = value.toSeconds()
    const offset = value.toString().replace(/^-/, '')
    if (seconds === 0 || Math.abs(seconds) > 366 * 86_400) return []
    return [{ type: seconds < 0 ? 'before' : 'after', offset }]
  }
  return value instanceof ICAL.Time ? [{ type: 'at', at: instantIn(String(value), 'UTC') }] : []
}
