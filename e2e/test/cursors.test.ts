import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { startAuditLogger } from '@taskflow/audit-logger/testing/start-audit-logger'
import { startChatApi } from '@taskflow/chat-api/testing/start-chat-api'
import { taskCreated, taskUpdated } from '@taskflow/event-contracts'
import { startNotificationService } from '@taskflow/notification-service/testing/start-notification-service'
import { anEvent, aTask, fakeClock } from '@taskflow/test-kit'
import fc from '@taskflow/test-kit/fast-check'

// What a list guarantees under concurrent writes: an item that exists all the time and does not change comes exactly
// once.

interface Page {
  data: { id: string }[]
  next_cursor: string | null
}

const readAll = async (get: (cursor: string) => Promise<Page>, between: () => Promise<unknown>) => {
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: Page = await get(cursor && `&cursor=${encodeURIComponent(cursor)}`)
    seen.push(...page.data.map(({ id }) => id))
    cursor = page.next_cursor
    if (cursor !== null) await between()
  }
  return seen
}

const assertEachOnce = (seen: string[], steady: string[]) => {
  const ofThem = new Set(steady)
  assert.deepEqual(seen.filter((id) => ofThem.has(id)).toSorted(), steady.toSorted())
}

const unlimited = { API_REQUESTS_PER_MINUTE: '0', ANONYMOUS_REQUESTS_PER_MINUTE: '0', SIGNUPS_PER_HOUR: '0' }

const sorts = ['created_at', 'updated_at', 'due_date', 'priority', 'title'].flatMap((field) => [field, `-${field}`])
const fields = fc.record({
  title: fc.constantFrom('a', 'b', 'B', 'ä', 'c'),
  priority: fc.constantFrom('low', 'medium', 'high'),
  due_date: fc.constantFrom(null, '2031-06-14T12:00:00Z', '2031-06-15T12:00:00Z'),
})
const change = fc.record({ what: fc.constantFrom('patch', 'complete', 'delete', 'create'), which: fc.nat(9), fields })

test('tasks: changes to other tasks between two pages neither skip nor repeat one', async (t) => {
  const clock = fakeClock('2031-06-15T12:00:00Z')
  const { signup } = await startChatApi(t, { clock }, unlimited)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fields, { minLength: 4, maxLength: 14 }),
      fc.constantFrom(...sorts),
      fc.integer({ min: 1, max: 3 }),
      fc.array(change, { minLength: 4, maxLength: 12 }),
      async (tasks, sort, limit, changes) => {
        const ada = await signup()
        const [steady, others]: [string[], string[]] = [[], []]
        for (const [index, task] of tasks.entries()) {
          clock.advance({ milliseconds: index % 3 })
          ;(index % 2 ? others : steady).push((await ada.post('/api/v1/tasks', task)).body.id)
        }
        const seen = await readAll(
          async (cursor) => (await ada.get(`/api/v1/tasks?sort=${sort}&limit=${limit}${cursor}`)).body,
          async () => {
            const next = changes.shift()
            if (!next) return
            clock.advance({ milliseconds: 1 })
            const path = `/api/v1/tasks/${others[next.which % others.length]}`
            if (next.what === 'create') await ada.post('/api/v1/tasks', next.fields)
            else if (next.what === 'patch') await ada.patch(path, next.fields)
            else if (next.what === 'delete') await ada.delete(path)
            else await ada.post(`${path}/complete`)
          },
        )
        assertEachOnce(seen, steady)
      },
    ),
    { numRuns: 25 },
  )
})

test('recurring tasks: the same, and each filter returns exactly its matches', async (t) => {
  const clock = fakeClock('2031-06-15T12:00:00Z')
  const { signup } = await startChatApi(t, { clock }, unlimited)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 3, maxLength: 9 }),
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.constantFrom('patch', 'pause', 'delete', 'create'), { minLength: 2, maxLength: 6 }),
      async (pauses, limit, changes) => {
        const ada = await signup()
        const create = async () =>
          (await ada.post('/api/v1/recurring-tasks', { title: 'x', rule: 'daily', start_date: '2031-07-01' })).body.id
        const [steady, others, paused]: string[][] = [[], [], []]
        for (const isPaused of pauses) {
          const id = await create()
          steady!.push(id)
          if (isPaused) {
            await ada.post(`/api/v1/recurring-tasks/${id}/pause`)
            paused!.push(id)
          }
          others!.push(await create())
          clock.advance({ milliseconds: 1 })
        }
        const list = (query: string, between: () => Promise<unknown>) =>
          readAll(
            async (cursor) => (await ada.get(`/api/v1/recurring-tasks?${query}limit=${limit}${cursor}`)).body,
            between,
          )
        const seen = await list('', async () => {
          const next = changes.shift()
          const path = `/api/v1/recurring-tasks/${others![changes.length % others!.length]}`
          if (next === 'create') await create()
          else if (next === 'patch') await ada.patch(path, { title: 'y' })
          else if (next === 'pause') await ada.post(`${path}/pause`)
          else if (next === 'delete') await ada.delete(path)
        })
        assertEachOnce(seen, steady!)
        for (const isActive of [true, false]) {
          const found = await list(`is_active=${isActive}&`, async () => {})
          assert.deepEqual(
            found.filter((id) => steady!.includes(id)).toSorted(),
            steady!.filter((id) => paused!.includes(id) !== isActive).toSorted(),
          )
        }
      },
    ),
    { numRuns: 12 },
  )
})

test('tags: added and removed names do not move others', async (t) => {
  const { signup } = await startChatApi(t, {}, unlimited)
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.constantFrom(...'aAbBcCdDäé日💥 '.split(''), 'zz', 'a b'), { minLength: 3, maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      async (letters, limit) => {
        const ada = await signup()
        const names = [...new Set(letters.map((letter) => `${letter}.`.trim().toWellFormed()))]
        const [steady, vanishing] = [names.filter((_, index) => index % 2), names.filter((_, index) => index % 2 === 0)]
        for (const name of names) await ada.post('/api/v1/tasks', { title: 'x', tags: [name] })
        let added = 0
        const seen = await readAll(
          async (cursor) => {
            const { data, next_cursor } = (await ada.get(`/api/v1/tags?limit=${limit}${cursor}`)).body
            return { data: data.map(({ name }: { name: string }) => ({ id: name })), next_cursor }
          },
          async () => {
            const gone = vanishing.shift()
            if (gone) await ada.delete(`/api/v1/tags/${encodeURIComponent(gone)}`)
            if (added++ < 4) await ada.post('/api/v1/tasks', { title: 'x', tags: [`${'aBz日'[added % 4]}+${added}`] })
          },
        )
        assertEachOnce(seen, steady)
      },
    ),
    { numRuns: 15 },
  )
})

test('notifications: each appears once, whatever is sent, fails or is deleted meanwhile; filters return their matches', async (t) => {
  const { database, asSidecar } = await startNotificationService(t)
  const task_ids = [randomUUID(), randomUUID()]
  const states = ['pending', 'sent', 'failed', 'suppressed'] as const
  const row = fc.record({
    channel: fc.constantFrom('email', 'webhook'),
    state: fc.constantFrom(...states),
    task_id: fc.constantFrom(...task_ids),
    created_at: fc.constantFrom('2031-06-15T12:00:00Z', '2031-06-15T12:00:00.001Z', '2031-06-15T12:00:01Z'),
  })
  interface Row {
    channel: string
    state: string
    task_id: string
    created_at: string
  }
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 3, maxLength: 14 }),
      fc.integer({ min: 1, max: 3 }),
      fc.record(
        {
          channel: fc.constantFrom('email', 'webhook'),
          state: fc.constantFrom(...states),
          task_id: fc.constantFrom(...task_ids),
        },
        { requiredKeys: [] },
      ),
      async (rows, limit, filter) => {
        const [ada, eve] = [randomUUID(), randomUUID()]
        const insert = async ({ channel, state, task_id, created_at }: Row, user_id = ada) => {
          const reminder_id = randomUUID()
          await database.pool.query(
            `INSERT INTO notifications.ledger (reminder_id, fired_for, channel, user_id, task_id, state, content, origin,
               message_id, created_at, give_up_at)
             VALUES ($1, $5, $2, $3, $4, $6, '{"task":{"title":"x"}}', '{}', 'x', $5, $5)`,
            [reminder_id, channel, user_id, task_id, created_at, state],
          )
          return reminder_id
        }
        const made: (Row & { id: string; isSteady: boolean })[] = []
        for (const [index, each] of rows.entries()) {
          made.push({ ...each, id: await insert(each), isSteady: index % 2 === 0 })
          await insert(each, eve)
        }
        const list = (query: object, between: () => Promise<unknown>) =>
          readAll(async (cursor) => {
            const search = new URLSearchParams({ user_id: ada, limit: String(limit), ...query })
            const headers = { 'dapr-caller-app-id': 'chat-api' }
            const answer = await asSidecar(`/notifications?${search}${cursor}`, { headers })
            assert.equal(answer.status, 200)
            const { data, next_cursor } = (await answer.json()) as { data: { reminder_id: string }[] } & Page
            return { data: data.map(({ reminder_id }) => ({ id: reminder_id })), next_cursor }
          }, between)
        const found = await list(filter, async () => {})
        const fits = (each: Row) => Object.entries(filter).every(([name, value]) => each[name as keyof Row] === value)
        assert.deepEqual(
          found.toSorted(),
          made
            .filter(fits)
            .map(({ id }) => id)
            .toSorted(),
        )

        const others = made.filter(({ isSteady }) => !isSteady).map(({ id }) => id)
        const seen = await list({}, async () => {
          const id = others.shift()
          const change =
            others.length % 2
              ? 'DELETE FROM notifications.ledger WHERE reminder_id = $1'
              : `UPDATE notifications.ledger SET state = 'sent' WHERE reminder_id = $1`
          if (id) await database.pool.query(change, [id])
          if (id) await insert(made[0]!)
        })
        const steady = made.filter(({ isSteady }) => isSteady)
        assertEachOnce(
          seen,
          steady.map(({ id }) => id),
        )
      },
    ),
    { numRuns: 20 },
  )
})

test('audit: records added meanwhile shift no others, in either order; filters return their matches', async (t) => {
  const audit = await startAuditLogger(t)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 3, maxLength: 10 }),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom('newest', 'oldest'),
      async (updates, limit, order) => {
        const task = aTask()
        const record = async (isUpdate: boolean) => {
          const event = isUpdate ? anEvent(taskUpdated, { task, changed: {} }) : anEvent(taskCreated, { task })
          await audit.deliver('task-events', [event, anEvent(taskCreated, { task: aTask() })])
          return { id: event.id, type: isUpdate ? 'task.updated' : 'task.created' }
        }
        const steady: { id: string; type: string }[] = []
        for (const isUpdate of updates) steady.push(await record(isUpdate))
        const list = (query: string, between: () => Promise<unknown>) =>
          readAll(async (cursor) => {
            const search = `user_id=${task.user_id}&limit=${limit}&order=${order}${query}${cursor}`
            const { status, body } = await audit.ask(`/audit/events?${search}`)
            assert.equal(status, 200, JSON.stringify(body))
            return {
              data: body.data.map(({ event_id }: { event_id: string }) => ({ id: event_id })),
              next_cursor: body.next_cursor,
            }
          }, between)
        const created = await list('&type=task.created', async () => {})
        const expected = steady.filter(({ type }) => type === 'task.created').map(({ id }) => id)
        assert.deepEqual(created, order === 'newest' ? expected.toReversed() : expected)
        let added = 0
        const seen = await list('', async () => added++ < 4 && record(true))
        assertEachOnce(
          seen,
          steady.map(({ id }) => id),
        )
      },
    ),
    { numRuns: 12 },
  )
})
