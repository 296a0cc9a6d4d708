import type { TableRow } from '../table-row.ts'
import { instantOf, takeDate, takeStart, takeZone } from './dates.ts'
import { itemOfTask, type Program, remindersOfTriggers, type TableContext } from './program.ts'
import { ruleFields } from './rules.ts'
import { splitList } from './split-list.ts'

const priorities = { '0': 'medium', '1': 'low', '3': 'medium', '5': 'high' } as const

/** A backup of TickTick: lists are categories, its rules and reminders are those of iCalendar. */
export const tickTick: Program = {
  columns: ['list name', 'title', 'content', 'priority', 'status'],
  read: (rows, context) => {
    const read = rows.map((row) => ({ row, id: row.take('taskid'), title: row.take('title') }))
    const titles = new Map(read.map(({ id, title }) => [id, title]))
    return read.map(({ row, title }) => itemOf(row, title, titles.get(row.take('parentid') || 'none'), context))
  },
}

const itemOf = (row: TableRow, title: string, parent: string | undefined, context: TableContext) => {
  const zone = takeZone(row, 'timezone', context.time_zone)
  const due = onDay(takeStart(row, 'start date', takeDate(row, 'due date', context, zone), context, zone), row, zone)
  const repeat = row.take('repeat')
  const rule = repeat ? ruleFields(repeat, 'Repeat', row.notes) : undefined
  const triggers = splitList(row.take('reminder'), /[\s,]+/).map((each) =>
    /^TRIGGER/i.test(each) ? each : `TRIGGER:${each}`,
  )
  const status = row.take('status')
  const completedAt = takeDate(row, 'completed time', context, zone)
  if (status === '-1') row.notes.changed('Status', 'given-up', 'it was given up; it comes as completed')
  row.skip(['kind', 'is check list', 'created time', 'order', 'is floating', 'column order', 'view mode'])
  return itemOfTask(row, {
    title,
    description: row.take('content'),
    lines: parent ? [['parentId', `Part of: ${parent}`]] : [],
    priority: priorities[row.take('priority') as keyof typeof priorities],
    tags: splitList(row.take('tags'), /,/),
    category: row.take('list name'),
    due,
    time_zone: zone,
    rule,
    reminders: remindersOfTriggers(triggers, { due, zone, rule }, row),
    completed_at:
      status === '' || status === '0' ? undefined : completedAt ? instantOf(completedAt, zone) : context.now.toString(),
  })
}

/** All-day tasks have the instant of their midnight. */
const onDay = (due: ReturnType<typeof takeDate>, row: TableRow, zone: string): typeof due => {
  const isAllDay = row.take('is all day').toLowerCase() === 'true'
  if (!due || !isAllDay || 'day' in due) return due
  return { day: Temporal.Instant.from(due.instant).toZonedDateTimeISO(zone).toPlainDate().toString() }
}
