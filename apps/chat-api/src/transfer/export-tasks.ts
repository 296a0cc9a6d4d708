import { series, tasks, webhooks } from '@taskflow/database'
import { preferencesOf, type Task } from '@taskflow/event-contracts'
import { sharedBudget, withinBudget } from '@taskflow/recurrence'
import type { Database } from '@taskflow/service-kit'
import { dueBy, listRecurringTasks, listTasks, toRecurringTaskView } from '@taskflow/tasks'
import { and, eq, inArray, isNotNull, isNull, max, min } from 'drizzle-orm'
import { findUser } from '../account/users.ts'
import { type CalendarOptions, calendarFoot, calendarHead, taskEvent, taskTodo } from './calendar-write.ts'
import { writeCsv } from './csv.ts'
import { csvColumns, csvRow } from './csv-tasks.ts'
import { exportAccess } from './export-access.ts'
import { ruleFromHere } from './rule-from-here.ts'

/**
 * Each of these gives text as it is read, page by page: however much there is, little of it is in memory, and no
 * transaction stays open while a slow client reads. What is changed meanwhile may be in it or not.
 */

interface Wanted {
  db: Database
  user_id: string
  now: Temporal.Instant
}

const pageSize = 500

/** The tasks that are not deleted, newest first. */
async function* pagesOfTasks({ db, user_id, now }: Wanted): AsyncGenerator<Task[]> {
  let cursor: string | undefined
  do {
    const page = await listTasks(db, user_id, {}, { sort: '-created_at', limit: pageSize, cursor, now })
    yield page.data
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
}

/** The open tasks that have a due date, latest first. */
async function* pagesOfDue({ db, user_id, now }: Wanted): AsyncGenerator<Task[]> {
  let cursor: string | undefined
  do {
    const page = await listTasks(db, user_id, { state: 'open' }, { sort: '-due_date', limit: pageSize, cursor, now })
    const due = page.data.filter((task) => dueBy(task) !== null)
    yield due
    // Those without come last.
    cursor = due.length < page.data.length ? undefined : (page.next_cursor ?? undefined)
  } while (cursor !== undefined)
}

/** Everything that is the user's, except secrets: `/import` takes it again. */
export async function* exportJson(wanted: Wanted): AsyncGenerator<string> {
  const { db, user_id, now } = wanted
  const { email, email_confirmed_at, name, time_zone, locale, created_at, preferences } = await findUser(db, user_id)
  const [webhook] = await db.select({ url: webhooks.url }).from(webhooks).where(eq(webhooks.user_id, user_id))
  const head = {
    format: 'taskflow',
    version: 1,
    exported_at: now.toString(),
    profile: {
      ...{ id: user_id, email, name, time_zone, locale, created_at },
      email_confirmed: email_confirmed_at !== null,
    },
    preferences: preferencesOf(preferences),
    webhook: webhook ?? null,
    ...(await exportAccess({ db, clock: { now: () => now } }, user_id)),
  }
  yield JSON.stringify(head, null, 2).slice(0, -2)
  yield ',\n  "recurring_tasks": ['
  yield* jsonItems(pagesOfSeries(wanted))
  yield '],\n  "tasks": ['
  yield* jsonItems(pagesOfTasks(wanted))
  yield ']\n}\n'
}

/** One a line. */
async function* jsonItems(pages: AsyncIterable<unknown[]>): AsyncGenerator<string> {
  let between = '\n    '
  for await (const page of pages) {
    let text = ''
    for (const item of page) {
      text += between + JSON.stringify(item)
      between = ',\n    '
    }
    yield text
  }
}

async function* pagesOfSeries({ db, user_id, now }: Wanted): AsyncGenerator<unknown[]> {
  // Pages are made when the client reads them: what a request may spend on rules is given to all of them.
  const budget = sharedBudget()
  let cursor: string | undefined
  do {
    const page = await listRecurringTasks(db, user_id, {}, { limit: pageSize, cursor })
    yield withinBudget(budget, () =>
      page.data.map((row) => ({
        ...toRecurringTaskView(row, now.toString()),
        // By which its COUNT is counted when it counts tasks.
        first_occurrence: row.first_occurrence,
      })),
    )
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
}

export async function* exportCsv(wanted: Wanted): AsyncGenerator<string> {
  yield writeCsv([[...csvColumns]])
  for await (const page of fromHere(wanted, pagesOfTasks(wanted))) yield writeCsv(page.map(csvRow))
}

/** Pages of tasks, the open ones with the rules by which series that begin with them go on. */
async function* fromHere({ db }: Wanted, pages: AsyncIterable<Task[]>): AsyncGenerator<Task[]> {
  const budget = sharedBudget()
  for await (const page of pages) {
    const open = page.filter((task) => !task.is_completed && task.recurrence_rule !== null && task.series_id !== null)
    const ids = [...new Set(open.map(({ series_id }) => series_id!))]
    const rows = ids.length > 0 ? await db.select().from(series).where(inArray(series.id, ids)) : []
    const schedules = new Map(rows.map((row) => [row.id, row]))
    yield withinBudget(budget, () =>
      page.map((task) =>
        task.is_completed ? task : { ...task, ...ruleFromHere(task, schedules.get(task.series_id!)) },
      ),
    )
  }
}

/** All tasks as to-dos. */
export const exportCalendar = (wanted: Wanted, host: string): AsyncGenerator<string> =>
  calendarOf(wanted, host, fromHere(wanted, pagesOfTasks(wanted)), taskTodo)

/** What is due, as events: the calendar feed. */
export const dueCalendar = (wanted: Wanted, host: string): AsyncGenerator<string> =>
  calendarOf(wanted, host, fromHere(wanted, pagesOfDue(wanted)), taskEvent)

async function* calendarOf(
  { db, user_id, now }: Wanted,
  host: string,
  pages: AsyncIterable<Task[]>,
  write: (task: Task, repeats: boolean, options: CalendarOptions) => string,
): AsyncGenerator<string> {
  const zones = await db
    .select({ zone: tasks.time_zone, first: min(tasks.due_date), last: max(tasks.due_date) })
    .from(tasks)
    .where(and(eq(tasks.user_id, user_id), isNull(tasks.deleted_at), isNotNull(tasks.due_date)))
    .groupBy(tasks.time_zone)
  // In UTC: the year before and after may be meant.
  const yearOf = (instant: string | null) => Number(instant!.slice(0, 4))
  const timeZones = new Map(
    zones.map(({ zone, first, last }) => [zone, { from: yearOf(first) - 1, to: yearOf(last) + 1 }]),
  )
  const options = { host, now, timeZones }
  yield calendarHead(options)
  // Of a series only the newest open task repeats, or future dates would appear several times.
  const seen = new Set<string>()
  for await (const page of pages) {
    let text = ''
    for (const task of page) {
      const repeats = !task.is_completed && task.series_id !== null && !seen.has(task.series_id)
      if (repeats) seen.add(task.series_id!)
      text += write(task, repeats, options)
    }
    yield text
  }
  yield calendarFoot
}
