import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type SeriesRow, series } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { countOf, occurrences } from '@taskflow/recurrence'
import { createOccurrence, dueFrom, lockSeries, occurrenceAfter } from '@taskflow/tasks'
import { fakeClock } from '@taskflow/test-kit'
import fc from '@taskflow/test-kit/fast-check'
import { eq } from 'drizzle-orm'
import { filesOf } from '../../testing/files.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

const now = '2026-10-20T11:00:00Z'

const odd = ['a', 'Z', ' ', '=', '-', '"', "'", ',', ';', ':', '\\', '\\n', '\n', '\r', '\r\n', '\t', 'é', 'é', '日本']
const text = (max: number) =>
  fc
    .array(fc.constantFrom(...odd, '\u0007', '👩‍👩‍👧', '<b>', '%0A', '\ufeff', '#x', 'BEGIN:VTODO', 'sep=;'), {
      maxLength: 12,
    })
    .map((parts) => parts.join('').slice(0, max).trim())
const name = (max: number) => text(max).filter((value) => value !== '' && value.isWellFormed())

const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'UTC', 'Asia/Kathmandu', 'Pacific/Apia')
const day = fc.constantFrom(
  '2026-10-21',
  '2026-10-31',
  '2026-11-30',
  '2027-01-31',
  '2028-02-29',
  '2026-02-28',
  '2026-10-25',
)
const due = fc.oneof(
  { weight: 2, arbitrary: day.map((due_on) => ({ due_on })) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(day, fc.constantFrom('00:30:00', '01:30:00', '09:00:00', '23:59:59', '06:00:00.123'))
      .map(([date, time]) => ({ due_date: `${date}T${time}Z` })),
  },
  { weight: 1, arbitrary: fc.constant({}) },
)
const reminder = fc.oneof(
  fc.constantFrom('24_hours_before', '1_hour_before').map((type) => ({ type })),
  fc
    .tuple(fc.constantFrom('before', 'after'), fc.constantFrom('PT0S', 'PT30M', 'P1D', 'P2W', 'P1DT12H', 'P1M'))
    .map(([type, offset]) => ({ type, offset })),
  day.map((date) => ({ type: 'at', at: `${date}T08:00:00Z` })),
)
const rule = fc.constantFrom(
  ...['daily', 'weekly', 'monthly', 'yearly', 'FREQ=WEEKLY;BYDAY=MO,TH', 'freq=daily', 'RRULE:FREQ=DAILY;INTERVAL=2'],
  ...[
    'FREQ=DAILY;COUNT=5',
    'FREQ=MONTHLY;BYDAY=-1FR;COUNT=3',
    'FREQ=WEEKLY;COUNT=2',
    'FREQ=DAILY;UNTIL=20261231T000000Z',
  ],
  ...['FREQ=MONTHLY;BYMONTHDAY=31', 'FREQ=MONTHLY;UNTIL=20280101', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'],
  ...['FREQ=HOURLY;INTERVAL=5', 'FREQ=MONTHLY', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU'],
  'RRULE:FREQ=WEEKLY;BYDAY=MO,TU\nEXDATE:20261026T090000,20261027T090000',
  'RRULE:FREQ=DAILY\nRDATE:20261102T180000\nEXDATE:20261022T090000Z',
  'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4\nRRULE:FREQ=MONTHLY;BYMONTHDAY=15',
  'DTSTART:20260105T090000\nRRULE:FREQ=WEEKLY;COUNT=60',
  'RDATE:20261021T090000,20261022T090000',
)
const recurrence = fc.record(
  {
    recurrence_rule: rule,
    recurrence_interval: fc.integer({ min: 1, max: 3 }),
    recurrence_mode: fc.constantFrom('on_completion', 'on_schedule'),
    recurrence_anchor: fc.constantFrom('due_date', 'completed_at'),
    recurrence_catch_up: fc.constantFrom('skip', 'all'),
  },
  { requiredKeys: [] },
)
const task = fc
  .tuple(
    fc.record({
      title: name(200),
      description: text(500).filter((value) => value.isWellFormed()),
      priority: fc.constantFrom('low', 'medium', 'high'),
      tags: fc.uniqueArray(name(50), { maxLength: 4 }),
      category: fc.option(name(100)),
      time_zone: zone,
      reminder_time: fc.constantFrom('09:00', '07:30'),
      reminders: fc.uniqueArray(reminder, { maxLength: 3, selector: (each) => JSON.stringify(each) }),
    }),
    due,
    fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: recurrence }),
  )
  .map(([fields, when, repeats]) => ({ ...fields, ...when, ...repeats }))
/** A task, how often it is completed, and what is then done to the one that follows. */
const account = fc.array(fc.tuple(task, fc.constantFrom(0, 0, 1, 2), fc.constantFrom('keep', 'keep', 'move', 'skip')), {
  minLength: 40,
  maxLength: 40,
})

test('tasks that are exported and imported are the same tasks, in each format', async (t) => {
  const clock = fakeClock(now)
  const api = await startChatApi(t, { clock }, { QUOTA_OPEN_TASKS: '10000' })
  const { transaction, db } = api.service.deps
  const person = async () => {
    const who = await api.signup({ time_zone: 'Europe/Berlin' })
    return { ...who, files: filesOf(api, who.token) }
  }
  type Person = Awaited<ReturnType<typeof person>>

  /** Completes a task so many times, each time the one that follows. */
  const complete = async (who: Person, first: Task, times: number) => {
    let current: Task | undefined = first
    for (let time = 0; time < times && current; time++) {
      const done = (await who.post(`/api/v1/tasks/${current.id}/complete`)).body as Task
      current = await transaction(async (tx) => {
        const row: SeriesRow | undefined = done.series_id === null ? undefined : await lockSeries(tx, done.series_id)
        const next = row && occurrenceAfter(row, done, tx.clock.now().toString())
        return next ? createOccurrence(tx, row, next) : undefined
      })
    }
    return current
  }

  /** Moves a task by a day and some hours, or skips the next date of its series. */
  const change = async (who: Person, { id, due_date, due_on, series_id }: Task, how: string) => {
    if (how === 'skip' && series_id !== null) await who.post(`/api/v1/recurring-tasks/${series_id}/skip`)
    if (how !== 'move') return
    const later = due_on
      ? { due_on: Temporal.PlainDate.from(due_on).add({ days: 1 }).toString() }
      : due_date && { due_date: Temporal.Instant.from(due_date).add({ hours: 27 }).toString() }
    if (later) assert.equal((await who.send('PATCH', `/api/v1/tasks/${id}`, later)).status, 200)
  }

  const tasksOf = async (who: Person): Promise<Task[]> => {
    const found: Task[] = []
    let cursor = ''
    do {
      const { body } = await who.get(`/api/v1/tasks?limit=200${cursor && `&cursor=${cursor}`}`)
      found.push(...body.data)
      cursor = body.next_cursor ? encodeURIComponent(body.next_cursor) : ''
    } while (cursor)
    return found
  }

  /** The dates that are to come, and how many of a COUNT of tasks. */
  const toCome = async ({ series_id, occurrence, ...each }: Task) => {
    const [row] = series_id === null ? [] : await db.select().from(series).where(eq(series.id, series_id))
    if (!row || each.is_completed) return undefined
    const schedule = { rule: row.rule, interval: row.interval, start: row.start_date, time_zone: row.time_zone }
    const done = (occurrence ?? 1) - row.first_occurrence
    if (row.recurrence_anchor === 'completed_at') {
      const count = countOf(schedule)
      return { left: count === undefined ? undefined : Math.max(1, count - done) }
    }
    const after = dueFrom(each)
    if (after === null) return { rule: row.rule }
    const dates = occurrences(schedule, { after, count: 8 + row.skipped.length })
      .filter(({ local }) => !row.skipped.includes(local))
      .map(({ instant }) => instant)
    return { dates: dates.slice(0, 8), mode: row.mode }
  }

  const content = async (each: Task) => {
    const { id: _, user_id, version, created_at, updated_at, series_id, occurrence, ...kept } = each
    const { recurrence_rule, recurrence_interval, reminders, ...rest } = kept
    const isRepeating = series_id !== null && !each.is_completed
    return JSON.stringify({
      ...rest,
      // Of what is completed, nothing follows.
      ...(isRepeating ? { to_come: await toCome(each) } : {}),
      reminders: reminders.map(({ type, offset, at }) => (type === 'at' ? [type, at] : [type, offset])),
    })
  }
  const contents = async (who: Person) => (await Promise.all((await tasksOf(who)).map(content))).toSorted()

  let made = 0
  await fc.assert(
    fc.asyncProperty(account, async (inputs) => {
      const ada = await person()
      for (const [input, times, then] of inputs) {
        const { status, body } = await ada.post('/api/v1/tasks', input)
        assert.ok(status === 201 || status === 422, JSON.stringify(body))
        if (status === 422) continue
        made++
        clock.advance({ milliseconds: 1_234 })
        const open = await complete(ada, body, times)
        if (open) await change(ada, open, then)
      }
      const mine = await contents(ada)
      for (const [format, type] of [
        ['json', 'application/json'],
        ['csv', 'text/csv'],
        ['ics', 'text/calendar'],
      ] as const) {
        const eve = await person()
        const { body } = await eve.files.import(type, await ada.files.export(format))
        assert.deepEqual(
          [body.refused, body.created >= mine.length],
          [0, true],
          `${format}: ${JSON.stringify(body.data)}`,
        )
        const theirs = await contents(eve)
        const without = (all: string[], others: string[]) => all.filter((each) => !others.includes(each)).slice(0, 3)
        assert.deepEqual(
          { format, lost: without(mine, theirs), other: without(theirs, mine) },
          { format, lost: [], other: [] },
        )
        assert.deepEqual(theirs, mine, format)
      }
    }),
    { numRuns: Number(process.env.TEST_RUNS ?? 3), endOnFailure: true },
  )
  assert.ok(made > 100, `only ${made} of the tasks were valid`)
})
