import { readProperty } from './calendar-property.ts'
import { readDuration, readTime } from './calendar-time.ts'
import type { Notes } from './import-note.ts'

/** What alarms count from, all before anything of a series is skipped. */
export interface AlarmContext {
  start: Temporal.ZonedDateTime | undefined
  end: Temporal.ZonedDateTime | undefined
  /** What reminders count from. */
  due: Temporal.ZonedDateTime | undefined
  zone: string
  repeats: boolean
}

type ReminderFields = Record<string, string>

const most = 20
const mostDays = 366

/** The reminders that alarms mean. What cannot be one is noted. */
export const remindersOf = (alarms: string[][], context: AlarmContext, notes: Notes): ReminderFields[] => {
  const found = new Map<string, ReminderFields>()
  for (const lines of alarms) {
    for (const reminder of ofAlarm(lines, context, notes)) found.set(JSON.stringify(reminder), reminder)
  }
  if (found.size > most) {
    notes.leftOut(
      'VALARM',
      'too-many-alarms',
      `a task has at most ${most} reminders; ${found.size - most} were left out`,
    )
  }
  return [...found.values()].slice(0, most)
}

const ofAlarm = (lines: string[], context: AlarmContext, notes: Notes): ReminderFields[] => {
  const properties = new Map(lines.map(readProperty).flatMap((each) => (each ? [[each.name, each] as const] : [])))
  const trigger = properties.get('TRIGGER')
  if (properties.get('ACTION')?.value.trim().toUpperCase() === 'NONE') {
    notes.leftOut('VALARM', 'alarm-off', 'the alarm is switched off (ACTION:NONE)')
    return []
  }
  const relative = trigger && readDuration(trigger.value)
  const at = trigger && !relative ? readTime(trigger.value, context.zone) : undefined
  if (!trigger || (!relative && !(at && 'time' in at))) {
    notes.leftOut('TRIGGER', 'alarm-unreadable', `the alarm "${trigger?.value.slice(0, 40) ?? ''}" cannot be read`)
    return []
  }
  const first = relative
    ? relativeTo(relative, trigger.parameters.RELATED?.toUpperCase() === 'END', context)
    : { moment: (at as { time: Temporal.ZonedDateTime }).time }
  const again = repetitions(properties.get('REPEAT')?.value, properties.get('DURATION')?.value)
  return [undefined, ...again].flatMap((later) => {
    const { moment, offset } = first
    const reminder = reminderAt(
      later ? { moment: moment?.add(later), offset: moment ? undefined : offset } : first,
      !relative && !context.repeats,
      context,
    )
    if (!reminder)
      notes.leftOut('TRIGGER', 'alarm-too-far', `the alarm is more than ${mostDays} days from the due date`)
    return reminder ? [reminder] : []
  })
}

interface Trigger {
  moment?: Temporal.ZonedDateTime | undefined
  /** Kept as it is written where it counts from the due date. */
  offset?: Temporal.Duration | undefined
}

/** Counts from the start unless it says otherwise (RFC 5545, 3.8.6.3). */
const relativeTo = (offset: Temporal.Duration, isEnd: boolean, { start, end, due }: AlarmContext): Trigger => {
  const from = isEnd ? (end ?? start) : (start ?? end)
  if (!from) return { offset }
  return { moment: from.add(offset), offset: due && from.equals(due.withTimeZone(from)) ? offset : undefined }
}

const repetitions = (repeat: string | undefined, pause: string | undefined): Temporal.Duration[] => {
  const duration = pause === undefined ? undefined : readDuration(pause)
  const times = Math.min(Number(repeat) || 0, most)
  if (!duration || duration.sign <= 0) return []
  return Array.from({ length: times }, (_, index) =>
    Temporal.Duration.from({
      seconds: Math.round(duration.total({ unit: 'seconds', relativeTo: '2024-01-01' })) * (index + 1),
    }),
  )
}

const reminderAt = (
  { moment, offset }: Trigger,
  isAbsolute: boolean,
  { due, zone }: AlarmContext,
): ReminderFields | undefined => {
  if (moment && (isAbsolute || !due)) return { type: 'at', at: moment.toInstant().toString() }
  const distance =
    offset ??
    due!.withTimeZone(zone).until(moment!.withTimeZone(zone), { largestUnit: 'days', smallestUnit: 'seconds' })
  const days = Math.abs(distance.total({ unit: 'days', relativeTo: '2024-01-01' }))
  if (days > mostDays) return undefined
  return { type: distance.sign > 0 ? 'after' : 'before', offset: days === 0 ? 'PT0S' : distance.abs().toString() }
}
