import { type ImportContext, type ImportItem, maxItems, tooMany, withoutOverfull } from './import-item.ts'
import { createNotes } from './import-note.ts'
import { ImportProblem } from './import-problem.ts'
import { restOfSeries, ruleFields, schedulesIn } from './json-series.ts'
import { checkJsonSize } from './json-size.ts'
import { readGoogleTasks } from './programs/google-tasks.ts'
import { isRecord } from './programs/json-records.ts'
import { readMicrosoftToDo } from './programs/microsoft-to-do.ts'
import type { SeriesSchedule } from './rule-from-here.ts'
import { dateOrder } from './written-date.ts'

/** What tasks of an export have besides what a new one is given. */
const ofExport = [
  'id',
  'user_id',
  'is_completed',
  'completed_at',
  'series_id',
  'occurrence',
  'version',
  'created_at',
  'updated_at',
]
const ofRecurring = [...ofExport, 'pattern', 'schedule', 'next_occurrence', 'skipped', 'first_occurrence']

/**
 * Reads an export: `tasks` and `recurring_tasks`; the account and what has access to it are left alone. Files of Google
 * Tasks and Microsoft To Do are known by their form.
 */
export const readJsonImport = (text: string, context: ImportContext): ImportItem[] => {
  const { now } = context
  const content = parse(text)
  if (!isRecord(content)) throw new ImportProblem('body', 'must be what the export gives: {tasks, recurring_tasks}')
  const table = { ...context, order: dateOrder([], context.locale) }
  const foreign = readGoogleTasks(content, table) ?? readMicrosoftToDo(content, table)
  if (foreign) return foreign.map(withoutOverfull)
  const [tasks, recurring_tasks] = [listIn(content, 'tasks'), listIn(content, 'recurring_tasks')]
  if (tasks.length > maxItems) throw tooMany(`tasks.${maxItems}`)
  if (tasks.length + recurring_tasks.length > maxItems) throw tooMany(`recurring_tasks.${maxItems - tasks.length}`)
  const paused = new Set(
    recurring_tasks.filter(isRecord).flatMap(({ id, is_active }) => (is_active === false ? [id] : [])),
  )
  const schedules = schedulesIn(recurring_tasks)
  const taskItems = tasks.map((task, index) => taskItem(task, `tasks.${index}`, { paused, schedules }, now))
  const open = new Set(taskItems.flatMap((item) => (item.completed_at === null && item.series ? [item.series.id] : [])))
  const ofSeries = Map.groupBy(tasks.filter(isRecord), ({ series_id }) => series_id)
  // An active series goes on with its open task; it comes as itself when it has none, or is paused.
  const recurringItems = recurring_tasks.flatMap((each, index) => {
    const goesOn = isRecord(each) && open.has(String(each.id)) && !paused.has(each.id)
    return goesOn ? [] : [recurringItem(each, `recurring_tasks.${index}`, ofSeries)]
  })
  return [...taskItems, ...recurringItems].map(withoutOverfull)
}

const parse = (text: string): unknown => {
  checkJsonSize(text)
  try {
    return JSON.parse(text)
  } catch {
    throw new ImportProblem('body', 'the file is not valid JSON', 'not-json')
  }
}

const listIn = (content: Record<string, unknown>, name: string): unknown[] => {
  const list = content[name] ?? []
  if (!Array.isArray(list) || content[name] === null) throw new ImportProblem(name, 'must be a list')
  return list
}

const taskItem = (
  task: unknown,
  place: string,
  { paused, schedules }: { paused: Set<unknown>; schedules: Map<unknown, SeriesSchedule> },
  now: Temporal.Instant,
): ImportItem => {
  const item = { kind: 'task', place, uid: undefined, fields: {}, completed_at: null } as const
  if (!isRecord(task)) return { ...item, problem: 'must be a task' }
  const { id, is_completed, completed_at, series_id, occurrence } = task
  const ended = typeof completed_at === 'string' ? completed_at : now.toString()
  return {
    ...item,
    ...(typeof id === 'string' ? { uid: id } : {}),
    fields: {
      ...fieldsOf(task, ofExport),
      ...(is_completed === true ? {} : ruleFields(task, schedules.get(series_id))),
    },
    completed_at: is_completed === true ? ended : null,
    ...(typeof series_id === 'string'
      ? { series: { id: series_id, occurrence: Number(occurrence) || 0, is_active: !paused.has(series_id) } }
      : {}),
  }
}

const recurringItem = (each: unknown, place: string, tasks: Map<unknown, Record<string, unknown>[]>): ImportItem => {
  const item = { kind: 'recurring_task', place, uid: undefined, fields: {}, completed_at: null } as const
  if (!isRecord(each)) return { ...item, problem: 'must be a recurring task' }
  const rest = restOfSeries(each, tasks.get(each.id) ?? [])
  const notes = createNotes()
  if (rest.is_active === false && each.is_active !== false)
    notes.changed('rule', 'series-over', 'no date of it is to come; it comes paused')
  return {
    ...item,
    ...(typeof each.id === 'string' ? { uid: each.id } : {}),
    // An all-day one shows its start as a time too.
    fields: {
      ...fieldsOf(each, [...ofRecurring, typeof each.start_on === 'string' ? 'start_date' : 'start_on']),
      ...rest,
    },
    notes: notes.list,
  }
}

/** What a new one is given of an exported one. Unknown fields stay, to be refused by name. */
const fieldsOf = (from: Record<string, unknown>, exported: string[]): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(from)
      .filter(([name]) => !exported.includes(name))
      .map(([name, value]) => [name, name === 'reminders' && Array.isArray(value) ? reminders(value) : value]),
  )

/** Exported reminders show their time and state; a dismissed one does not come back. */
const reminders = (values: unknown[]): unknown[] =>
  values.flatMap((value) => {
    if (!isRecord(value) || !('state' in value)) return [value]
    const { id: _, state, offset, at, ...reminder } = value
    if (state === 'dismissed') return []
    if (reminder.type === 'at') return [{ ...reminder, at }]
    return [reminder.type === 'before' || reminder.type === 'after' ? { ...reminder, offset } : reminder]
  })
