import type { Task } from '@taskflow/event-contracts'
import { countOf, occurrences, RecurrenceError } from '@taskflow/recurrence'
import { dueFrom } from '@taskflow/tasks'
import { z } from 'zod'
import { isRecord } from './programs/json-records.ts'
import { expandShortForm, ruleFromHere, type SeriesSchedule, withCount, withExceptions } from './rule-from-here.ts'

type JsonRecord = Record<string, unknown>

const scheduleShape = z.object({
  rule: z.string().max(2_000),
  interval: z.int(),
  start_date: z.string().max(40),
  time_zone: z.string().max(64),
  first_occurrence: z.int().catch(1),
})

const localTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/

const skippedIn = (dates: unknown): string[] =>
  Array.isArray(dates) ? dates.slice(0, 80).filter((date) => typeof date === 'string' && localTime.test(date)) : []

const scheduleIn = ({ skipped, ...each }: JsonRecord): SeriesSchedule | undefined => {
  const { success, data } = scheduleShape.safeParse(each)
  return success ? { ...data, skipped: skippedIn(skipped) } : undefined
}

/** The schedules of recurring tasks that can be read, by their ids. */
export const schedulesIn = (recurring_tasks: unknown[]): Map<unknown, SeriesSchedule> =>
  new Map(
    recurring_tasks.filter(isRecord).flatMap((each) => {
      const schedule = scheduleIn(each)
      return schedule ? [[each.id, schedule] as const] : []
    }),
  )

/** Of values that were not checked yet; what is wrong with them is for creating the item to say. */
const ifReadable = <Found>(read: () => Found): Found | undefined => {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError || error instanceof RecurrenceError) return undefined
    throw error
  }
}

/** What is left of the rule of an open task. */
export const ruleFields = (task: JsonRecord, schedule: SeriesSchedule | undefined): JsonRecord => {
  if (!schedule || typeof task.recurrence_rule !== 'string') return {}
  return ifReadable(() => ruleFromHere(task as unknown as Task, schedule)) ?? {}
}

/**
 * What of a recurring task without an open task is to come: its schedule after the tasks that the file has. `is_active`
 * is false when that is nothing.
 */
export const restOfSeries = (each: JsonRecord, tasks: JsonRecord[]): JsonRecord => {
  const schedule = scheduleIn(each)
  if (!schedule) return {}
  const rest = ifReadable(() =>
    each.recurrence_anchor === 'completed_at' ? afterTasks(schedule, tasks) : afterDates(each, schedule, tasks),
  )
  return rest ?? {}
}

const isOver = { is_active: false }

/** COUNT counts tasks. */
const afterTasks = (schedule: SeriesSchedule, tasks: JsonRecord[]): JsonRecord => {
  const numbers = tasks.map(({ occurrence }) => (typeof occurrence === 'number' ? occurrence : 0))
  const done = numbers.reduce((most, number) => Math.max(most, number - schedule.first_occurrence + 1), 0)
  const count = countOf({ ...schedule, start: schedule.start_date })
  if (count !== undefined && done >= count) return isOver
  const rule = count === undefined ? schedule.rule : withCount(schedule.rule, (all) => all - done)
  if (schedule.skipped.length === 0) return { rule }
  const expanded = expandShortForm({ ...schedule, rule })
  return { rule: withExceptions(expanded.rule, schedule.skipped), interval: expanded.interval }
}

const afterDates = (each: JsonRecord, schedule: SeriesSchedule, tasks: JsonRecord[]): JsonRecord => {
  const { skipped, rule, interval, time_zone } = schedule
  const dates = tasks.flatMap((task) => dueFrom(task as unknown as Task) ?? [])
  const last = dates.toSorted((a, b) => Temporal.Instant.compare(a, b)).at(-1)
  if (last === undefined && skipped.length === 0) return {}
  const options = { count: 1 + skipped.length, ...(last === undefined ? {} : { after: last }) }
  const next = occurrences({ rule, interval, time_zone, start: schedule.start_date }, options).find(
    ({ local }) => !skipped.includes(local),
  )
  if (!next) return isOver
  const from = ruleFromHere(
    {
      ...{ due_date: next.instant, due_on: null, time_zone, recurrence_rule: rule, recurrence_interval: interval },
      ...{ recurrence_anchor: 'due_date', occurrence: null },
    },
    schedule,
  )
  return {
    rule: from.recurrence_rule,
    interval: from.recurrence_interval,
    ...(typeof each.start_on === 'string' ? { start_on: next.local.slice(0, 10) } : { start_date: next.local }),
  }
}
