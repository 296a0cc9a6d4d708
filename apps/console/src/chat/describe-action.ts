import type { ChatAction } from '../api/openapi.d.ts'
import { writeDay, writeMoment, writeTime } from '../time/format.ts'
import { todayIn } from '../time/zone.ts'
import type { SeenTask } from './tasks-in.ts'

interface Words {
  verb: string
  done: string
  thing?: string
}

/** The tools that change something, in words; docs/chat.md says which wait for confirmation. */
const words: Record<string, Words> = {
  add_tasks: { verb: 'Add', done: 'Added' },
  update_tasks: { verb: 'Change', done: 'Changed' },
  complete_tasks: { verb: 'Complete', done: 'Completed' },
  reopen: { verb: 'Reopen', done: 'Reopened' },
  reschedule: { verb: 'Move', done: 'Moved' },
  delete_tasks: { verb: 'Delete', done: 'Deleted' },
  restore_tasks: { verb: 'Restore', done: 'Restored' },
  add_reminder: { verb: 'Add a reminder to', done: 'Added a reminder to' },
  snooze: { verb: 'Put off a reminder of', done: 'Put off a reminder of' },
  pause_series: { verb: 'Pause', done: 'Paused', thing: 'recurring task' },
  resume_series: { verb: 'Resume', done: 'Resumed', thing: 'recurring task' },
}

/** Whether a tool changes something; its calls are shown as actions. */
export const isChange = (tool: string): boolean => tool in words

export const verbFor = (tool: string): string => words[tool]?.verb.toLowerCase() ?? tool

/** A task that an action is about, with what changes. */
export interface Thing {
  /** Undefined when the task cannot be opened. */
  id?: string
  title: string
  details: string[]
}

interface Input {
  id?: string
  ids?: string[]
  tasks?: { title: string; due_date?: string | null }[]
  updates?: { id: string; changes: Record<string, unknown> }[]
  moves?: { id: string; due_date: string | null }[]
}

/** `Delete 2 tasks?`, `Added 1 task` */
export const headingOf = ({ tool, input, state }: ChatAction): string => {
  const { ids, tasks, updates, moves } = input as Input
  const count = (ids ?? tasks ?? updates ?? moves)?.length ?? 1
  const { verb, done, thing = 'task' } = words[tool] ?? { verb: tool, done: tool }
  const written = state === 'done' || state === 'undone' ? done : verb
  return `${written} ${count} ${thing}${count === 1 ? '' : 's'}${state === 'pending' ? '?' : ''}`
}

/** The titles of tasks that are known here: by id, and those that the same answer has added. */
export interface KnownTasks {
  get(id: string): SeenTask | undefined
  added: readonly SeenTask[]
}

/**
 * The tasks of an action, from its input. Undefined when the title of one of them is not known here: the summary that
 * chat-api made has them all.
 */
export const thingsOf = (
  { tool, input, state }: ChatAction,
  known: KnownTasks,
  { zone, locale }: { zone: string; locale: string },
): Thing[] | undefined => {
  const due = (value: string | null) => (value === null ? 'no date' : writeDue(value, zone, locale))
  const { id, ids = [], tasks = [], updates = [], moves = [] } = input as Input
  const isGone = (tool === 'delete_tasks' && state === 'done') || (tool === 'add_tasks' && state !== 'done')
  const added = tasks.map(({ title, due_date = null }): Thing => {
    const made = known.added.find((each) => each.title === title)
    const when = made?.due_date ?? due_date
    return { title, details: when === null ? [] : [due(when)], ...(made && !isGone ? { id: made.id } : {}) }
  })
  const changes = new Map<string, string[]>([
    ...[...(id ? [id] : []), ...ids].map((each) => [each, []] as [string, string[]]),
    ...updates.map((each) => [each.id, describeChanges(each.changes, due)] as [string, string[]]),
    ...moves.map((each) => [each.id, [`to ${due(each.due_date)}`]] as [string, string[]]),
  ])
  const changed = [...changes].map(([id, details]): Thing | undefined => {
    const title = known.get(id)?.title
    return title === undefined ? undefined : { title, details, ...(isGone ? {} : { id }) }
  })
  const things = [...added, ...changed]
  return things.length > 0 && things.every((each) => each !== undefined) ? things : undefined
}

/** The part of the summary that names the tasks. */
export const summaryOf = ({ summary }: ChatAction): string => summary.replace(/^[^“]*? \(\d+\): /, '')

const describeChanges = (changes: Record<string, unknown>, due: (value: string | null) => string): string[] =>
  Object.entries(changes).map(([field, value]) => {
    if (field === 'due_date') return `due: ${due(value as string | null)}`
    return `${field.replaceAll('_', ' ')}: ${describeValue(value)}`
  })

const describeValue = (value: unknown): string => {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none'
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(', ')
  return typeof value === 'object' ? 'changed' : String(value)
}

const written = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/

/**
 * An instant, or a local time or date on the clock of the task. A model may write something else: it is shown as it is.
 */
const writeDue = (value: string, zone: string, locale: string): string => {
  const [, date, time, offset] = written.exec(value) ?? []
  if (date === undefined) return value
  if (offset !== undefined) return writeMoment(value, zone, locale)
  const day = writeDay(date, todayIn(zone), locale)
  return time === undefined ? day : `${day} ${writeTime(value, locale)}`
}
