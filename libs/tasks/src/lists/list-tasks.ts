import { type TaskRow, tasks } from '@taskflow/database'
import { priority, type Task } from '@taskflow/event-contracts'
import type { Database } from '@taskflow/service-kit'
import { and, asc, desc, isNotNull, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { z } from 'zod'
import { instantInput, text } from '../input/fields.ts'
import { withReminders } from '../task/find-task.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { type Page, toPage } from './page.ts'
import { dueOrDayEnd, matching, type TaskFilter } from './task-filter.ts'

/** A task in a list; a deleted one with the time of its deletion. */
export type ListedTask = Task & { deleted_at?: string }

const instantOf = (value: SQLWrapper) => sql`${value}::timestamptz`

/** What tasks can be sorted by: the schema of the key in a cursor, and the SQL it is compared as. */
const orders = {
  created_at: { key: instantInput, compared: instantOf },
  updated_at: { key: instantInput, compared: instantOf },
  due_date: { key: instantInput.nullable(), compared: instantOf },
  priority: {
    key: priority,
    compared: (value: SQLWrapper) => sql`array_position('{low,medium,high}'::text[], ${value}::text)`,
  },
  // The root collation of Unicode sorts words as people do, ignoring case.
  title: { key: text(1, 500), compared: (value: SQLWrapper) => sql`${value}::text COLLATE "unicode"` },
} satisfies Partial<Record<keyof TaskRow, { key: z.ZodType; compared: (value: SQLWrapper) => SQL }>>
type Field = keyof typeof orders

const fields = Object.keys(orders) as Field[]
/** A field, ascending; with a minus before it, descending. */
export const taskSort = z.enum(fields.flatMap((field) => [field, `-${field}`] as const))
export type TaskSort = z.infer<typeof taskSort>

/**
 * The user's tasks, sorted. In either direction those without a due date come last. The cursor names the last task
 * seen, so new ones neither shift nor repeat others.
 */
export const listTasks = async (
  db: Database,
  user_id: string,
  filter: TaskFilter,
  page: { sort: TaskSort; limit: number; cursor?: string | undefined; now: Temporal.Instant },
): Promise<Page<ListedTask>> => {
  const isDescending = page.sort.startsWith('-')
  const field = page.sort.replace('-', '') as Field
  const list = ['tasks', filter, page.sort]
  const key: z.ZodType<string | null> = orders[field].key
  const after = page.cursor === undefined ? undefined : readCursor(list, z.tuple([key, z.uuid()]), page.cursor)
  const rows = await readRows(db, matching(user_id, filter, page.now), field, isDescending, after, page.limit + 1)
  const { data: shown, next_cursor } = toPage(rows, page.limit, (last) =>
    writeCursor(list, [keyOf(last, field), last.id]),
  )
  const data = await withReminders(db, shown)
  return {
    data: filter.deleted ? data.map((task, index) => ({ ...task, deleted_at: shown[index]!.deleted_at! })) : data,
    next_cursor,
  }
}

const keyOf = (row: TaskRow, field: Field) => (field === 'due_date' ? (row.due_date ?? row.day_ends_at) : row[field])

/** The rows after a position in the order. Tasks with and without a due date are two ranges of the same index. */
const readRows = async (
  db: Database,
  wanted: SQL | undefined,
  field: Field,
  isDescending: boolean,
  after: [key: string | null, id: string] | undefined,
  limit: number,
): Promise<TaskRow[]> => {
  const direction = isDescending ? desc : asc
  const { compared } = orders[field]
  const by =
    field === 'priority' || field === 'title'
      ? compared(tasks[field])
      : field === 'due_date'
        ? dueOrDayEnd
        : tasks[field]
  const read = (from: SQL | undefined, count: number) =>
    db.select().from(tasks).where(and(wanted, from)).orderBy(direction(by), direction(tasks.id)).limit(count)
  const beyond = sql.raw(isDescending ? '<' : '>')
  const undated = after?.[0] === null
  const follows =
    after && !undated
      ? sql`(${by}, ${tasks.id}) ${beyond} (${compared(sql`${after[0]}`)}, ${after[1]}::uuid)`
      : undefined
  if (field !== 'due_date') return read(follows, limit)
  const dated = undated ? [] : await read(and(isNotNull(dueOrDayEnd), follows), limit)
  if (dated.length === limit) return dated
  const idFollows = undated ? sql`${tasks.id} ${beyond} ${after[1]}::uuid` : undefined
  return [...dated, ...(await read(and(isNull(dueOrDayEnd), idFollows), limit - dated.length))]
}
