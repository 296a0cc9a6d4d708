import { maxQuickAddLength, readQuickAdd } from '@taskflow/quick-add'
import { RecurrenceError } from '@taskflow/recurrence'
import type { AddedLine } from '../import-text.ts'
import type { TableRow } from '../table-row.ts'
import { readWrittenDate, type WrittenDate } from '../written-date.ts'
import { takeDate, takeZone } from './dates.ts'
import { type ForeignTask, itemOfTask, type Program, type TableContext } from './program.ts'

/** From p1 on; p4 is no priority. */
const priorities: Record<string, ForeignTask['priority']> = { 1: 'high', 2: 'medium', 3: 'low', 4: undefined }

/**
 * A project of Todoist. A section is the category of the tasks below it, INDENT makes a task part of the one above it,
 * and a note belongs to the task above it.
 */
export const todoist: Program = {
  columns: ['type', 'content', 'priority', 'indent'],
  read: (rows, context) => {
    const drafts: { row: TableRow; task: ForeignTask; lines: AddedLine[] }[] = []
    const parents: string[] = []
    let section = ''
    for (const row of rows) {
      const type = row.take('type').toLowerCase()
      if (type === 'section') {
        section = row.take('content')
        parents.length = 0
      } else if (type === 'note' && drafts.length > 0) {
        drafts.at(-1)!.lines.push(['note', `Comment: ${row.take('content')}`])
      } else if (type === 'task') {
        const depth = Number(row.take('indent') || 1)
        const parent = depth > 1 ? parents[depth - 2] : undefined
        const lines: AddedLine[] = parent ? [['INDENT', `Part of: ${parent}`]] : []
        const task = taskOf(row, section, lines, context)
        if (depth > 0) parents.splice(depth - 1, parents.length, task.title)
        drafts.push({ row, task, lines })
      } else if (type !== '' && type !== 'meta') {
        const problem = `TYPE: "${type.slice(0, 40)}" is no task, section or note of a task`
        drafts.push({ row, task: { title: row.take('content'), problem }, lines: [] })
      }
    }
    return drafts.map(({ row, task, lines }) => itemOfTask(row, { ...task, lines }))
  },
}

const taskOf = (row: TableRow, section: string, lines: AddedLine[], context: TableContext): ForeignTask => {
  const content = row.take('content').replace(/^\*\s+/, '')
  // A longer one is no title with or without labels.
  const isTitle = content.length <= 2_000
  const tags = isTitle ? [...content.matchAll(label)].map(([, name]) => name!) : []
  const title = isTitle ? content.replaceAll(label, ' ').replaceAll(/ {2,}/g, ' ').trim() : content
  const time_zone = takeZone(row, 'timezone', context.time_zone)
  row.skip(['is_collapsed', 'author'])
  const given = dateOf(row, time_zone, lines, context)
  const deadline = takeDate(row, 'deadline', context, time_zone)
  row.skip(['deadline_lang', 'duration_unit'])
  if (deadline && given?.due) {
    lines.push(['DEADLINE', `Deadline: ${'day' in deadline ? deadline.day : deadline.instant}`])
  }
  return {
    title: title || content,
    description: row.take('description'),
    priority: priorities[row.take('priority')],
    tags: title ? tags : [],
    category: section,
    due: given?.due ?? deadline,
    time_zone,
    rule: given?.rule,
  }
}

const label = /(?<=^|\s)@([^\s@]{1,50})(?=\s|$)/g

/** A date, or words about one, which quick add reads. */
const dateOf = (
  row: TableRow,
  zone: string,
  lines: AddedLine[],
  { now, locale, order }: TableContext,
): { due: WrittenDate; rule?: Record<string, unknown> } | undefined => {
  const text = row.take('date')
  const language = row.take('date_lang').slice(0, 20)
  if (text === '') return undefined
  const due = readWrittenDate(text, { zone, order, locale }, row.notes, 'DATE')
  if (due) return { due }
  const spoken = language && !locale.startsWith(language) ? language : locale
  const read = readWords(text.slice(0, maxQuickAddLength), { now, time_zone: zone, locale: spoken })
  if (read) return read
  lines.push(['DATE', `Date: ${text}`])
  row.notes.leftOut('DATE', 'unreadable', `"${text.slice(0, 60)}" is not understood as a date`)
  return undefined
}

const readWords = (text: string, options: Parameters<typeof readQuickAdd>[1]) => {
  try {
    const { task, not_understood } = readQuickAdd(text, options)
    const { due_date: instant, due_on: day } = task
    const due = instant !== undefined ? { instant } : day !== undefined ? { day } : undefined
    if (!due || task.title !== '' || not_understood.length > 0) return undefined
    const { recurrence_rule, recurrence_interval, recurrence_anchor } = task
    const rule = Object.fromEntries(
      Object.entries({ recurrence_rule, recurrence_interval, recurrence_anchor }).filter(
        ([, value]) => value !== undefined,
      ),
    )
    return {
      due,
      ...(recurrence_rule === undefined ? {} : { rule }),
    }
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error
    return undefined
  }
}
