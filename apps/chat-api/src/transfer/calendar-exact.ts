import type { Task } from '@taskflow/event-contracts'
import { toReminderInput } from '@taskflow/tasks'
import ICAL from 'ical.js'
import { firstOf, type ReadEntry, textIn } from './calendar-entry.ts'
import { readProperty } from './calendar-property.ts'
import { icalDuration } from './calendar-rule.ts'
import { readTime } from './calendar-time.ts'
import { plainText } from './plain-text.ts'

/**
 * What a to-do cannot say of a task: how exactly it repeats, reminders of a day, control characters. It is beside what
 * the to-do says, and counts on import unless another program has changed that since.
 */
interface Exact {
  /** The values that were written, which `task` explains. */
  due?: string | undefined
  rules: string[]
  triggers: string[]
  task: Partial<Record<keyof Task, unknown>>
}

const exactName = 'x-taskflow-exact'

const usual = {
  recurrence_interval: 1,
  recurrence_mode: 'on_completion',
  recurrence_anchor: 'due_date',
  recurrence_catch_up: 'skip',
} as const
const recurrence = ['recurrence_rule', ...(Object.keys(usual) as (keyof typeof usual)[])] as const

/** Adds to a to-do what else there is to say of its task. `repeats`: with its rule. */
export const addExact = (todo: ICAL.Component, task: Task, repeats: boolean): void => {
  const lines = (component: ICAL.Component) =>
    component.getAllProperties().flatMap((property) => readProperty(property.toICALString()) ?? [])
  const own = lines(todo)
  const writtenIn = (name: string) => own.find((each) => each.name === name)?.value
  const fields: Exact['task'] = {}
  for (const name of ['title', 'description', 'category'] as const)
    if (task[name] !== null && plainText(task[name]) !== task[name]) fields[name] = task[name]
  if (task.tags.some((tag) => plainText(tag) !== tag)) fields.tags = task.tags
  const isUtc = task.due_date !== null && task.time_zone !== 'UTC'
  if (!isUtc) fields.time_zone = task.time_zone
  if (task.reminder_time !== '09:00' || task.due_on !== null) fields.reminder_time = task.reminder_time
  const due = writtenIn('DUE')
  if (task.due_date && !isAt(due, task.due_date, task.time_zone)) fields.due_date = task.due_date
  if (task.completed_at && !isAt(writtenIn('COMPLETED'), task.completed_at, 'UTC'))
    fields.completed_at = task.completed_at
  const rules = own.filter(({ name }) => isRule(name)).map(({ name, value }) => `${name}:${value}`)
  const rule = repeats ? task.recurrence_rule : null
  const isSaid = rule === null || (rules.length === 1 && rules[0] === `RRULE:${rule}`)
  const isUsual = Object.entries(usual).every(([name, value]) => task[name as keyof Task] === value)
  if (!isSaid || !isUsual) for (const name of recurrence) fields[name] = name === 'recurrence_rule' ? rule : task[name]
  const kept = task.reminders.filter(({ state }) => state !== 'dismissed').map(toReminderInput)
  const isPlain =
    task.due_date !== null &&
    new Set(kept.map((each) => JSON.stringify(each))).size === kept.length &&
    kept.every(({ type, offset = '' }) =>
      type === 'before' ? icalDuration.test(offset) : type === 'at' && rule === null,
    )
  const triggers = todo.getAllSubcomponents('valarm').flatMap((alarm) => valuesOf(lines(alarm), 'TRIGGER'))
  if (kept.length > 0 && !isPlain) fields.reminders = kept
  if (Object.keys(fields).length === 0) return
  const exact: Exact = { due, rules, triggers, task: fields }
  const property = new ICAL.Property(exactName)
  property.resetType('text')
  property.setValue(JSON.stringify(exact))
  todo.addProperty(property)
}

const isRule = (name: string): boolean => name === 'RRULE' || name === 'RDATE' || name === 'EXDATE'

const valuesOf = (lines: { name: string; value: string }[], name: string): string[] =>
  lines.filter((each) => each.name === name).map(({ value }) => value)

/** Whether a written time is read as this instant. */
const isAt = (written: string | undefined, instant: string, zone: string): boolean => {
  const time = written === undefined ? undefined : readTime(written, zone)
  return (
    time !== undefined &&
    'time' in time &&
    time.time.epochMilliseconds === Temporal.Instant.from(instant).epochMilliseconds
  )
}

/** What our own export says beyond the to-do, as far as that is still as we wrote it. */
export const exactFields = (entry: ReadEntry): Exact['task'] => {
  const exact = parse(textIn(entry, exactName.toUpperCase()))
  if (!exact) return {}
  const found: Exact['task'] = {}
  const take = (...names: (keyof Task)[]) => {
    for (const name of names) if (exact.task[name] !== undefined) found[name] = exact.task[name]
  }
  const isText = (name: 'title' | 'description' | 'category', property: string) => {
    const text = exact.task[name]
    return typeof text === 'string' && plainText(text).trim() === textIn(entry, property)?.trim()
  }
  if (isText('title', 'SUMMARY')) take('title')
  if (isText('description', 'DESCRIPTION')) take('description')
  if (isText('category', 'X-TASKFLOW-CATEGORY')) take('category')
  if (Array.isArray(exact.task.tags)) take('tags')
  if (exact.task.completed_at !== undefined && textIn(entry, 'STATUS') === 'COMPLETED') take('completed_at')
  if (firstOf(entry, 'DUE')?.value !== exact.due) return found
  take('due_date', 'time_zone')
  const properties = [...entry.properties.values()].flat()
  const rules = properties.filter(({ name }) => isRule(name)).map(({ name, value }) => `${name}:${value}`)
  if (isSame(rules, exact.rules)) take(...recurrence)
  const triggers = entry.alarms.flatMap((lines) =>
    valuesOf(
      lines.flatMap((line) => readProperty(line) ?? []),
      'TRIGGER',
    ),
  )
  if (isSame(triggers, exact.triggers)) take('reminders', 'reminder_time')
  return found
}

const isSame = (a: string[], b: string[]): boolean => JSON.stringify(a) === JSON.stringify(b)

const parse = (text: string | undefined): Exact | undefined => {
  if (text === undefined) return undefined
  try {
    const exact = JSON.parse(text) as Exact
    return typeof exact.task === 'object' && exact.task !== null ? exact : undefined
  } catch {
    return undefined
  }
}
