import type { TableRow } from '../table-row.ts'
import { readWrittenDate } from '../written-date.ts'
import { instantOf, takeDate, takeStart } from './dates.ts'
import { itemOfTask, type Program, type TableContext } from './program.ts'
import { splitList } from './split-list.ts'

const priorities: Record<string, 'low' | 'medium' | 'high'> = {
  ...{ low: 'low', normal: 'medium', medium: 'medium', high: 'high', important: 'high', urgent: 'high' },
  // Outlook's own numbers, where it writes no words.
  ...{ '0': 'low', '1': 'medium', '2': 'high' },
}

/** The tasks of Outlook, which are those of Microsoft To Do. */
export const outlookTasks: Program = {
  columns: ['subject', 'due date', 'date completed', 'notes'],
  read: (rows, context) => rows.map((row) => outlookItem(row, context)),
}

const outlookItem = (row: TableRow, context: TableContext) => {
  const done = takeDate(row, 'date completed', context)
  const percent = row.take('% complete').replace('%', '')
  const status = row.take('status')
  const isDone = done !== undefined || percent === '100' || percent === '1' || /^complete/i.test(status)
  const reminder = [row.take('reminder date'), row.take('reminder time')].join(' ').trim()
  const isReminding = /^(?:true|yes|on|1)$/i.test(row.take('reminder on/off'))
  // What is as it is by default says nothing.
  row.skip(['private', 'sensitivity', 'total work', 'actual work', 'mileage', 'role'], /^(?:false|normal|0)?$/i)
  row.skip(['schedule+ priority'])
  return itemOfTask(row, {
    title: row.take('subject'),
    description: row.take('notes'),
    priority: priorities[row.take('priority').toLowerCase()],
    tags: splitList(row.take('categories'), /[;,]/),
    due: takeStart(row, 'start date', takeDate(row, 'due date', context), context),
    reminders: isReminding ? remindersAt(row, reminder, context) : [],
    completed_at: isDone ? (done ? instantOf(done, context.time_zone) : context.now.toString()) : undefined,
  })
}

const remindersAt = (row: TableRow, text: string, { order, locale, time_zone }: TableContext) => {
  const at = readWrittenDate(text, { zone: time_zone, order, locale }, row.notes, 'Reminder Date')
  if (at) return [{ type: 'at', at: instantOf(at, time_zone) }]
  row.notes.leftOut('Reminder Date', 'unreadable', `"${text.slice(0, 40)}" is no date`)
  return []
}

/** A plan of Microsoft Planner, which To Do shows as well. A bucket is a category. */
export const planner: Program = {
  columns: ['task name', 'bucket name', 'progress'],
  read: (rows, context) => rows.map((row) => plannerItem(row, context)),
}

const plannerItem = (row: TableRow, context: TableContext) => {
  const id = row.take('task id')
  const done = takeDate(row, 'completed date', context)
  const isDone = done !== undefined || /^completed$/i.test(row.take('progress'))
  const steps = splitList(row.take('checklist items'), /;/)
  if (/^(?:true|yes)$/i.test(row.take('is recurring')))
    row.notes.leftOut('Is Recurring', 'rule-unreadable', 'the file does not say how it repeats')
  row.skip(['created by', 'created date', 'late', 'completed by'])
  return itemOfTask(row, {
    uid: id ? `planner ${id}` : undefined,
    title: row.take('task name'),
    description: row.take('description'),
    lines: steps.map((step) => ['Checklist Items', `Step: ${step}`]),
    priority: priorities[row.take('priority').toLowerCase()],
    tags: splitList(row.take('labels'), /[;,]/),
    category: row.take('bucket name'),
    due: takeStart(row, 'start date', takeDate(row, 'due date', context), context),
    completed_at: isDone ? (done ? instantOf(done, context.time_zone) : context.now.toString()) : undefined,
  })
}
