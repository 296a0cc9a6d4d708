import type { TableRow } from '../table-row.ts'
import { instantOf, takeDate, takeStart } from './dates.ts'
import { itemOfTask, type Program, type TableContext } from './program.ts'
import { splitList } from './split-list.ts'

/** A project of Asana. Its own fields are columns too; of those, "Priority" is one. */
export const asana: Program = {
  columns: ['task id', 'name', 'section/column', 'notes'],
  read: (rows, context) => rows.map((row) => itemOf(row, context)),
}

const itemOf = (row: TableRow, context: TableContext) => {
  const id = row.take('task id')
  const completedAt = takeDate(row, 'completed at', context)
  const [project, ...others] = splitList(row.take('projects'), /,/)
  const section = row.take('section/column')
  const parent = row.take('parent task')
  row.skip(['created at', 'last modified'])
  return itemOfTask(row, {
    uid: id ? `asana ${id}` : undefined,
    title: row.take('name'),
    description: row.take('notes'),
    lines: [
      ...others.map((name) => ['Projects', `Project: ${name}`] as const),
      ...(project && section ? [['Section/Column', `Section: ${section}`] as const] : []),
      ...(parent ? [['Parent task', `Part of: ${parent}`] as const] : []),
    ].map(([field, line]) => [field, line]),
    priority: priorityOf(row),
    tags: splitList(row.take('tags'), /,/),
    category: project ?? section,
    due: takeStart(row, 'start date', takeDate(row, 'due date', context), context),
    completed_at: completedAt && instantOf(completedAt, context.time_zone),
  })
}

const priorityOf = (row: TableRow) => {
  const text = row.take('priority')
  const [word] = /^(?:low|medium|high)$/i.exec(text) ?? []
  if (text && !word) row.notes.leftOut('Priority', 'unreadable', `"${text.slice(0, 40)}" is no priority`)
  return word?.toLowerCase() as 'low' | 'medium' | 'high' | undefined
}
