import { remindersOf } from './calendar-alarms.ts'
import { firstOf, type ReadEntry, type TimeReader, textIn } from './calendar-entry.ts'
import { exactFields } from './calendar-exact.ts'
import { textsOf } from './calendar-property.ts'
import { planSeries, type SeriesPlan } from './calendar-series.ts'
import { descriptionOf, titleOf } from './calendar-texts.ts'
import { type CalendarTime, readDuration, readTime, readTimes } from './calendar-time.ts'
import type { CalendarEntries } from './calendar-versions.ts'
import { dayOfDue, type ImportDue, instantOfDue } from './import-due.ts'
import type { ImportContext, ImportItem } from './import-item.ts'

export interface CalendarContext extends ImportContext, Omit<CalendarEntries, 'entries'> {
  times: TimeReader
}

const priorities = ['medium', 'high', 'high', 'high', 'high', 'medium', 'low', 'low', 'low', 'low']

export const taskOfEntry = (entry: ReadEntry, context: CalendarContext): Partial<ImportItem> => {
  const { now, times } = context
  const isEvent = entry.kind === 'VEVENT'
  const span = spanOf(entry, times)
  const { start, end } = span
  const main = isEvent ? (start ?? end) : (end ?? start)
  const status = textIn(entry, 'STATUS')?.trim().toUpperCase()
  const percent = textIn(entry, 'PERCENT-COMPLETE')?.trim()
  const completed =
    status === 'COMPLETED' || firstOf(entry, 'COMPLETED') !== undefined || (percent === '100' && !status)
  if (percent && percent !== '0' && !completed)
    entry.notes.leftOut('PERCENT-COMPLETE', 'not-supported', `tasks are open or done; ${percent} % is open`)
  const zone = zoneOfTask(entry, main, context)
  const isSeries = hasDates(entry) && main !== undefined
  if (hasDates(entry) && (completed || !main))
    entry.notes.leftOut(
      'RRULE',
      completed ? 'rule-of-completed' : 'rule-without-date',
      completed ? 'it is completed, so it does not come back' : 'it has no date to count from',
    )
  const plan = isSeries && !completed ? seriesPlan(entry, { start: start ?? main, main }, zone, context) : undefined
  let due = plan ? dueOfPlan(plan, main!, zone) : main && dueOf(main, zone)
  const last = isEvent && main ? endOf(start ?? main, end, zone) : undefined
  const isOver =
    isEvent && !completed && last !== undefined && (isSeries ? !plan : Temporal.Instant.compare(last, now) <= 0)
  const isDone = !isEvent && isSeries && !completed && !plan
  if ((isOver || isDone) && isSeries)
    entry.notes.changed('RRULE', 'series-over', 'no date of it is to come; it comes as one completed task')
  const reminders = remindersOf(
    entry.alarms,
    {
      start: start && midnightOrTime(start, zone),
      end: end && midnightOrTime(end, zone),
      due: main && Temporal.Instant.from(instantOfDue(dueOf(main, zone))).toZonedDateTimeISO(zone),
      zone,
      repeats: plan?.rule !== undefined,
    },
    entry.notes,
  )
  const { completed_at: doneAt, ...exact } = exactFields(entry)
  if ('recurrence_rule' in exact) {
    // As it was written by us, it goes on from its due date.
    due = main && dueOf(main, zone)
    entry.notes.withdraw(/^(?:rule-|count-|due-at-start|series-)/)
  }
  if (exact.reminders) entry.notes.withdraw(/^(?:alarm-|too-many-alarms)/)
  return {
    fields: {
      title: titleOf(entry),
      ...descriptionOf(entry, context.titles),
      ...(due ? dueFields(due, main) : {}),
      priority: priorityOf(entry),
      tags: (entry.properties.get('CATEGORIES') ?? [])
        .flatMap(textsOf)
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
      ...(textIn(entry, 'X-TASKFLOW-CATEGORY') ? { category: textIn(entry, 'X-TASKFLOW-CATEGORY') } : {}),
      ...(plan?.rule ? { recurrence_rule: isDay(main) ? plan.rule.replaceAll('T090000', 'T000000') : plan.rule } : {}),
      reminders,
      ...exact,
    },
    completed_at: completed
      ? typeof doneAt === 'string'
        ? doneAt
        : completedAt(entry, zone, context)
      : isOver
        ? last!.toString()
        : isDone
          ? now.toString()
          : null,
  }
}

const isDay = (main: CalendarTime | undefined): boolean => main !== undefined && 'day' in main

/** A day stays one. Its reminders were counted from 09:00 on it. */
const dueFields = (due: ImportDue, main: CalendarTime | undefined) =>
  isDay(main)
    ? { due_on: dayOfDue(due), reminder_time: '09:00', time_zone: due.zone }
    : { due_date: instantOfDue(due), time_zone: due.zone }

const hasDates = ({ properties }: ReadEntry): boolean => properties.has('RRULE') || properties.has('RDATE')

const priorityOf = (entry: ReadEntry): string => priorities[Number(textIn(entry, 'PRIORITY') ?? 0)] ?? 'medium'

interface Span {
  start: CalendarTime | undefined
  end: CalendarTime | undefined
}

/** From DTSTART to DUE or DTEND, or as long as DURATION says (RFC 5545, 3.6.1 and 3.6.2). */
const spanOf = (entry: ReadEntry, { timeOf }: TimeReader): Span => {
  const start = timeOf(entry, 'DTSTART')
  const end = timeOf(entry, entry.kind === 'VEVENT' ? 'DTEND' : 'DUE')
  const text = textIn(entry, 'DURATION')
  if (end || text === undefined) return { start, end }
  const duration = readDuration(text)
  if (!duration) entry.notes.leftOut('DURATION', 'unreadable', `"${text.slice(0, 40)}" is no duration`)
  if (!duration || !start) return { start, end }
  if ('time' in start) return { start, end: { ...start, time: start.time.add(duration) } }
  return {
    start,
    end: { day: start.day.add({ days: Math.floor(duration.total({ unit: 'days', relativeTo: start.day })) }) },
  }
}

/** A rule in UTC is counted there; a single time in UTC is shown on the person's clock. */
const zoneOfTask = (
  entry: ReadEntry,
  main: CalendarTime | undefined,
  { times, time_zone }: CalendarContext,
): string => {
  const counted = hasDates(entry) && firstOf(entry, 'DTSTART')
  const property = counted || firstOf(entry, 'DUE') || firstOf(entry, 'DTSTART')
  const [first] = counted ? [readTime(counted.value, 'UTC')] : [main]
  if (first && 'day' in first) return time_zone
  if (first && 'time' in first && first.isUtc) {
    if (!counted) return time_zone
    entry.notes.changed('RRULE', 'rule-in-utc', 'its dates are counted in UTC, as the file says')
    return 'UTC'
  }
  return times.zoneOf(entry, property || undefined)
}

const dueOf = (time: CalendarTime, zone: string): ImportDue =>
  'day' in time ? { date: time.day.toString(), zone } : { instant: time.time.toInstant().toString(), zone }

const dueOfPlan = ({ due }: SeriesPlan, main: CalendarTime, zone: string): ImportDue =>
  'day' in main
    ? { date: due.toPlainDate().toString(), zone }
    : { instant: due.toZonedDateTime(zone).toInstant().toString(), zone }

/** Alarms of a day count from its midnight (RFC 5545, 3.8.6.3). */
const midnightOrTime = (time: CalendarTime, zone: string): Temporal.ZonedDateTime =>
  'day' in time ? time.day.toZonedDateTime(zone) : time.time.withTimeZone(zone)

/** When an event is over. A day without an end is over at midnight. */
const endOf = (start: CalendarTime, end: CalendarTime | undefined, zone: string): Temporal.Instant => {
  const begun = midnightOrTime(start, zone)
  const ended = end && midnightOrTime(end, zone)
  const least = 'day' in start ? begun.add({ days: 1 }) : begun
  return (ended && Temporal.ZonedDateTime.compare(ended, least) > 0 ? ended : least).toInstant()
}

const completedAt = (entry: ReadEntry, zone: string, { now, times, time_zone }: CalendarContext): string => {
  const time = firstOf(entry, 'COMPLETED') && times.timeOf(entry, 'COMPLETED')
  return time ? instantOfDue(dueOf(time, 'day' in time ? time_zone : zone)) : now.toString()
}

/** On the clock of a zone; a day as the due date it becomes. */
const localOf = (time: CalendarTime, zone: string): Temporal.PlainDateTime =>
  Temporal.Instant.from(instantOfDue(dueOf(time, zone)))
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()

const seriesPlan = (
  entry: ReadEntry,
  { start, main }: { start: CalendarTime; main: CalendarTime | undefined },
  zone: string,
  context: CalendarContext,
): SeriesPlan | undefined => {
  const { now, times } = context
  const begun = localOf(start, zone)
  const due = localOf(main!, zone)
  const list = (name: string) =>
    (entry.properties.get(name) ?? []).flatMap((property) => {
      const found = readTimes(property, times.zoneOf(entry, property))
      if (found.includes(undefined)) entry.notes.leftOut(name, 'unreadable', 'some of its dates cannot be read')
      return found.flatMap((time) => (time ? [onClock(time, begun, zone)] : []))
    })
  if (entry.properties.has('EXRULE'))
    entry.notes.leftOut('EXRULE', 'not-supported', 'left-out dates by rule are not supported')
  const changed = (context.changed.get(entry.uid ?? '') ?? []).flatMap((each) => {
    if (each === entry) return []
    const property = firstOf(each, 'RECURRENCE-ID')!
    const time = readTime(property.value, times.zoneOf(each, property))
    return time ? [onClock(time, begun, zone)] : []
  })
  const isEvent = entry.kind === 'VEVENT'
  const lasts = isEvent ? endOf(start, times.timeOf(entry, 'DTEND') ?? undefined, zone) : undefined
  const from = begun.toZonedDateTime(zone).toInstant()
  const length = lasts ? Math.max(0, lasts.epochMilliseconds - from.epochMilliseconds) : 0
  return planSeries(
    {
      start: begun,
      zone,
      rules: (entry.properties.get('RRULE') ?? []).map(({ value }) => value),
      added: list('RDATE'),
      excluded: [...list('EXDATE'), ...changed],
      shift: { days: begun.toPlainDate().until(due.toPlainDate()).days, time: due.toPlainTime() },
    },
    isEvent ? now.subtract({ milliseconds: length + (length === 0 ? 1 : 0) }) : undefined,
    entry.notes,
  )
}

/** A day leaves out, or adds, the time of that day. */
const onClock = (time: CalendarTime, start: Temporal.PlainDateTime, zone: string): Temporal.PlainDateTime =>
  'day' in time ? time.day.toPlainDateTime(start.toPlainTime()) : localOf(time, zone)
