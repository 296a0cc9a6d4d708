import { type ImportItem, maxItems, tooMany } from '../import-item.ts'
import type { AddedLine } from '../import-text.ts'
import { createRow, type TableRow } from '../table-row.ts'
import { instantOf, takeDate } from './dates.ts'
import { isRecord, recordsIn } from './json-records.ts'
import { itemOfTask, type TableContext } from './program.ts'

/** Lists of Google Tasks, as Takeout has them: each is a category. Undefined when it is something else. */
export const readGoogleTasks = (content: Record<string, unknown>, context: TableContext): ImportItem[] | undefined => {
  if (content.kind !== 'tasks#taskLists' && content.kind !== 'tasks#tasks') return undefined
  const isOne = content.kind === 'tasks#tasks'
  const lists = isOne ? [['', content] as const] : recordsIn(content.items, 'items')
  const items: ImportItem[] = []
  for (const [listPlace, list] of lists) {
    const tasks = recordsIn(list.items, isOne ? 'items' : `${listPlace}.items`)
    const titles = new Map(tasks.map(([, { id, title }]) => [id, String(title ?? '')]))
    for (const [place, task] of tasks) {
      if (items.length === maxItems) throw tooMany(place)
      items.push(itemOf(createRow(place, Object.entries(task)), String(list.title ?? ''), titles, context))
    }
  }
  return items
}

const itemOf = (row: TableRow, list: string, titles: Map<unknown, string>, context: TableContext): ImportItem => {
  const id = row.take('id')
  const parent = titles.get(row.take('parent'))
  const status = row.take('status')
  const completed = takeDate(row, 'completed', context)
  const due = takeDate(row, 'due', context)
  const scheduled = scheduledAt(row, context)
  const isStarred = row.takeRaw('starred') === true
  if (isStarred) row.notes.changed('starred', 'as-priority', 'it has high priority now')
  if (row.take('task_recurrence_id') !== '')
    row.notes.leftOut('task_recurrence_id', 'rule-unreadable', 'the file does not say how it repeats')
  row.skip(['kind', 'etag', 'selflink', 'webviewlink', 'position', 'created', 'updated', 'hidden', 'task_type'])
  const links: AddedLine[] = recordsIn(row.takeRaw('links'), 'links').flatMap(([, { link }]) =>
    typeof link === 'string' ? [['links', `Link: ${link}`]] : [],
  )
  return itemOfTask(row, {
    uid: id ? `google ${id}` : undefined,
    title: row.take('title'),
    description: row.take('notes'),
    lines: [...links, ...(parent ? [['parent', `Part of: ${parent}`] as AddedLine] : [])],
    priority: isStarred ? 'high' : undefined,
    category: list,
    // Google keeps the day alone, as its midnight in UTC.
    due: scheduled ?? (due && 'instant' in due ? { day: due.instant.slice(0, 10) } : due),
    completed_at:
      status === 'completed'
        ? completed
          ? instantOf(completed, context.time_zone)
          : context.now.toString()
        : undefined,
    problem: row.takeRaw('deleted') === true ? 'was deleted' : undefined,
  })
}

/** The time that a task has beside its day, in newer files. */
const scheduledAt = (row: TableRow, context: TableContext) => {
  const times = row.takeRaw('scheduled_time')
  const found = Array.isArray(times) ? times.filter(isRecord) : []
  const current = found.find(({ current }) => current === true) ?? found[0]
  return current && takeDate(createRow('', Object.entries(current)), 'start', context)
}
