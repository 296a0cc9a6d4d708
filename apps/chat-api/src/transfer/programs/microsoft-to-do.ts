import { isTimeZone } from '@taskflow/recurrence'
import { findIana } from 'windows-iana'
import { type ImportItem, maxItems, tooMany } from '../import-item.ts'
import type { AddedLine } from '../import-text.ts'
import { createRow, type TableRow } from '../table-row.ts'
import type { WrittenDate } from '../written-date.ts'
import { isRecord, recordsIn } from './json-records.ts'
import { itemOfTask, type TableContext } from './program.ts'
import { ruleFields } from './rules.ts'

/**
 * Tasks of Microsoft To Do as Microsoft's API has them: `{"value": [...]}` of tasks, or of lists with `tasks`.
 * Undefined when it is something else.
 */
export const readMicrosoftToDo = (
  content: Record<string, unknown>,
  context: TableContext,
): ImportItem[] | undefined => {
  const entries = recordsIn(content.value, 'value')
  const isOne = entries.some(([, each]) => 'title' in each && ('importance' in each || 'status' in each))
  const isLists = entries.some(([, each]) => Array.isArray(each.tasks))
  if (!isOne && !isLists) return undefined
  const items: ImportItem[] = []
  const add = (place: string, task: Record<string, unknown>, list: string) => {
    if (items.length === maxItems) throw tooMany(place)
    items.push(itemOf(createRow(place, Object.entries(task)), list, context))
  }
  for (const [place, entry] of entries) {
    if (!Array.isArray(entry.tasks)) add(place, entry, '')
    else
      for (const [at, task] of recordsIn(entry.tasks, `${place}.tasks`)) add(at, task, String(entry.displayName ?? ''))
  }
  return items
}

const itemOf = (row: TableRow, list: string, context: TableContext): ImportItem => {
  const id = row.take('id')
  const status = row.take('status')
  const completed = momentOf(row.takeRaw('completeddatetime'))
  const body = row.takeRaw('body')
  const due = dayOf(row.takeRaw('duedatetime'), context.time_zone)
  const start = dayOf(row.takeRaw('startdatetime'), context.time_zone)
  if (due && start && JSON.stringify(due) !== JSON.stringify(start))
    row.notes.leftOut('startDateTime', 'not-supported', 'tasks have a due date and no start')
  const recurrence = row.takeRaw('recurrence')
  const at = row.takeRaw('isreminderon') === true ? momentOf(row.takeRaw('reminderdatetime')) : undefined
  row.skip(['createddatetime', 'lastmodifieddatetime', 'bodylastmodifieddatetime', '@odata.etag', 'hasattachments'])
  row.skip(['reminderdatetime'])
  const importance = row.take('importance')
  const categories = row.takeRaw('categories')
  const steps: AddedLine[] = recordsIn(row.takeRaw('checklistitems'), '').map(([, { displayName, isChecked }]) => [
    'checklistItems',
    `${isChecked === true ? 'Done' : 'Step'}: ${String(displayName ?? '')}`,
  ])
  return itemOfTask(row, {
    uid: id ? `microsoft ${id}` : undefined,
    title: row.take('title'),
    description: isRecord(body) && typeof body.content === 'string' ? body.content.trim() : '',
    lines: steps,
    priority: ({ low: 'low', normal: 'medium', high: 'high' } as const)[importance as 'low'],
    tags: Array.isArray(categories) ? categories.filter((each) => typeof each === 'string') : [],
    category: list,
    due: due ?? start,
    rule: isRecord(recurrence) ? ruleOf(recurrence, row) : undefined,
    reminders: at ? [{ type: 'at', at: at.toInstant().toString() }] : [],
    completed_at: status === 'completed' ? (completed?.toInstant() ?? context.now).toString() : undefined,
  })
}

/** `{"dateTime": "2027-01-05T00:00:00.0000000", "timeZone": "UTC"}` */
const momentOf = (value: unknown): Temporal.ZonedDateTime | undefined => {
  if (!isRecord(value) || typeof value.dateTime !== 'string') return undefined
  const name = typeof value.timeZone === 'string' ? value.timeZone.slice(0, 100) : 'UTC'
  const zone = isTimeZone(name) ? name : (findIana(name as never)[0] ?? 'UTC')
  try {
    return Temporal.PlainDateTime.from(value.dateTime.slice(0, 40).replace(/Z$/, '')).toZonedDateTime(zone)
  } catch {
    return undefined
  }
}

/** To Do has days alone: midnights, often of the person but written in UTC. */
const dayOf = (value: unknown, zone: string): WrittenDate | undefined => {
  const moment = momentOf(value)
  if (!moment) return undefined
  const isMidnight = moment.toPlainTime().equals(Temporal.PlainTime.from('00:00'))
  return { day: (isMidnight ? moment : moment.withTimeZone(zone)).toPlainDate().toString() }
}

const weekdays: Record<string, string> = {
  monday: 'MO',
  tuesday: 'TU',
  wednesday: 'WE',
  thursday: 'TH',
  friday: 'FR',
  saturday: 'SA',
  sunday: 'SU',
}
const indexes: Record<string, number> = { first: 1, second: 2, third: 3, fourth: 4, last: -1 }

const ruleOf = ({ pattern, range }: Record<string, unknown>, row: TableRow) => {
  if (!isRecord(pattern)) return undefined
  const type = String(pattern.type)
  const frequency = /daily|weekly|monthly|yearly/i.exec(type)?.[0].toUpperCase() ?? 'UNKNOWN'
  const listed = Array.isArray(pattern.daysOfWeek) ? pattern.daysOfWeek : []
  const days = listed.slice(0, 7).map((day) => weekdays[String(day)] ?? 'UNKNOWN')
  const isNth = /^relative/i.test(type)
  const until = isRecord(range) && range.type === 'endDate' ? String(range.endDate).replaceAll('-', '') : undefined
  const count = isRecord(range) && range.type === 'numbered' ? range.numberOfOccurrences : undefined
  const parts = [
    ['FREQ', frequency],
    ['INTERVAL', pattern.interval],
    ['BYDAY', frequency !== 'DAILY' && days.length > 0 ? days.join() : undefined],
    ['BYSETPOS', isNth ? (indexes[String(pattern.index)] ?? 1) : undefined],
    ['BYMONTHDAY', /^absolute/i.test(type) ? pattern.dayOfMonth : undefined],
    ['BYMONTH', frequency === 'YEARLY' ? pattern.month : undefined],
    ['UNTIL', until],
    ['COUNT', count],
  ]
  const rule = parts.flatMap(([name, value]) => (value === undefined || value === 0 ? [] : [`${name}=${value}`]))
  return ruleFields(rule.join(';'), 'recurrence', row.notes)
}
