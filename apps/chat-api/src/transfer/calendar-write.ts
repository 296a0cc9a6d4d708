import type { Reminder, Task } from '@taskflow/event-contracts'
import ICAL from 'ical.js'
import { addExact } from './calendar-exact.ts'
import { calendarRule, icalDuration, icalTime } from './calendar-rule.ts'
import { calendarZone, type ZoneYears } from './calendar-zone.ts'
import { plainText } from './plain-text.ts'

// ical.js folds at 75 octets (RFC 5545, 3.1) but does not count the leading space of a continuation line.
ICAL.foldLength = 74

/** What a calendar is written with. */
export interface CalendarOptions {
  /** Ids end in `@host`, as those in reminder mails do. */
  host: string
  now: Temporal.Instant
  /** Zones that its entries use, besides UTC, and the years they are used in. */
  timeZones: Map<string, ZoneYears>
}

export const calendarHead = ({ now, timeZones }: Omit<CalendarOptions, 'host'>): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//TaskFlow//TaskFlow//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'X-WR-CALNAME:TaskFlow',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    '',
  ].join('\r\n') +
  [...timeZones]
    .filter(([zone]) => zone !== 'UTC')
    .map(([zone, years]) => calendarZone(zone, now, years))
    .join('')

export const calendarFoot = 'END:VCALENDAR\r\n'

/** A date on the clock of the task's zone: `;TZID=Europe/Berlin:20260401T090000`. */
const local = (instant: string, time_zone: string): string => {
  const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(time_zone)
  const time = icalTime(zoned.toPlainDateTime().toString({ smallestUnit: 'second' }))
  return time_zone === 'UTC' ? `:${time}Z` : `;TZID=${time_zone}:${time}`
}

/** When a task is due, on its clock; a day as such: `;VALUE=DATE:20260401`. */
const due = ({ due_date, due_on, time_zone }: Task): string =>
  due_on === null ? local(due_date!, time_zone) : `;VALUE=DATE:${due_on.replaceAll('-', '')}`

const utc = (instant: string): string =>
  `${icalTime(Temporal.Instant.from(instant).toString({ smallestUnit: 'second' }))}Z`

const component = (name: string, task: Task, { host, now }: CalendarOptions): ICAL.Component => {
  const entry = new ICAL.Component(name)
  entry.addPropertyWithValue('uid', `${task.id}@${host}`)
  entry.addProperty(ICAL.Property.fromString(`DTSTAMP:${utc(now.toString())}`))
  entry.addProperty(ICAL.Property.fromString(`CREATED:${utc(task.created_at)}`))
  entry.addProperty(ICAL.Property.fromString(`LAST-MODIFIED:${utc(task.updated_at)}`))
  entry.addPropertyWithValue('sequence', task.version)
  entry.addPropertyWithValue('summary', plainText(task.title))
  if (task.description) entry.addPropertyWithValue('description', plainText(task.description))
  entry.addPropertyWithValue('priority', { high: 1, medium: 5, low: 9 }[task.priority])
  if (task.tags.length > 0) {
    const categories = new ICAL.Property('categories')
    categories.setValues(task.tags.map(plainText))
    entry.addProperty(categories)
  }
  if (task.category) entry.addProperty(categoryOf(task.category))
  return entry
}

/** ical.js escapes text only, and takes what it does not know for something else: line breaks would be new properties. */
const categoryOf = (category: string): ICAL.Property => {
  const property = new ICAL.Property('x-taskflow-category')
  property.resetType('text')
  property.setValue(plainText(category))
  return property
}

const alarm = ({ type, offset, at }: Reminder, task: Task, related: string): ICAL.Component | undefined => {
  // Of a day, reminders are counted from a time of it, alarms from its beginning.
  const relative = type !== 'at' && offset !== null && task.due_on === null && icalDuration.test(offset)
  if (!relative && at === null) return undefined
  const valarm = new ICAL.Component('valarm')
  valarm.addPropertyWithValue('action', 'DISPLAY')
  valarm.addPropertyWithValue('description', plainText(task.title))
  valarm.addProperty(
    ICAL.Property.fromString(
      relative ? `TRIGGER${related}:${type === 'after' ? '' : '-'}${offset}` : `TRIGGER;VALUE=DATE-TIME:${utc(at!)}`,
    ),
  )
  return valarm
}

const addAlarms = (entry: ICAL.Component, task: Task, related = ''): void => {
  for (const reminder of task.reminders) {
    const valarm = reminder.state === 'dismissed' ? undefined : alarm(reminder, task, related)
    if (valarm) entry.addSubcomponent(valarm)
  }
}

/** A due date as an event, which every calendar program shows. `repeats`: it shows the dates after it too. */
export const taskEvent = (task: Task, repeats: boolean, options: CalendarOptions): string => {
  const event = component('vevent', task, options)
  event.addProperty(ICAL.Property.fromString(`DTSTART${due(task)}`))
  for (const line of repeats ? calendarRule(task) : []) event.addProperty(ICAL.Property.fromString(line))
  // Nobody is busy because something is due.
  event.addPropertyWithValue('transp', 'TRANSPARENT')
  addAlarms(event, task)
  return `${event.toString()}\r\n`
}

/** A task as a to-do, for other programs. */
export const taskTodo = (task: Task, repeats: boolean, options: CalendarOptions): string => {
  const todo = component('vtodo', task, options)
  if (task.due_date || task.due_on) {
    const rules = repeats ? calendarRule(task) : []
    // A to-do with a rule needs a start to count from.
    if (rules.length > 0) todo.addProperty(ICAL.Property.fromString(`DTSTART${due(task)}`))
    todo.addProperty(ICAL.Property.fromString(`DUE${due(task)}`))
    for (const line of rules) todo.addProperty(ICAL.Property.fromString(line))
  }
  todo.addPropertyWithValue('status', task.is_completed ? 'COMPLETED' : 'NEEDS-ACTION')
  if (task.completed_at) todo.addProperty(ICAL.Property.fromString(`COMPLETED:${utc(task.completed_at)}`))
  addAlarms(todo, task, ';RELATED=END')
  addExact(todo, task, repeats)
  return `${todo.toString()}\r\n`
}
