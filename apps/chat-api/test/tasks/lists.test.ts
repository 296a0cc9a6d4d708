import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Task } from '@taskflow/event-contracts'
import { fakeClock } from '@taskflow/test-kit'
import fc from '@taskflow/test-kit/fast-check'
import { startChatApi } from '../../testing/start-chat-api.ts'

const now = '2031-06-15T12:00:00Z'

type Person = Awaited<ReturnType<Awaited<ReturnType<typeof startChatApi>>['signup']>>

/** Reads all pages of a list, running `between` after each but the last. */
const readAll = async (person: Person, query: string, between: () => Promise<unknown> = async () => {}) => {
  const tasks: Task[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { status, body } = await person.get(`/api/v1/tasks?${query}${cursor && `&cursor=${cursor}`}`)
    assert.equal(status, 200, JSON.stringify(body))
    tasks.push(...body.data)
    cursor = body.next_cursor
    if (cursor !== null) await between()
  }
  return tasks
}

const titles = (tasks: { title: string }[]) => tasks.map(({ title }) => title)

/** Few values, so that many tasks tie on their sort fields. */
const aTask = fc.record({
  title: fc.constantFrom('a', 'B', 'b', 'ä', 'c'),
  priority: fc.constantFrom('low', 'medium', 'high'),
  due_date: fc.constantFrom(null, '2031-06-14T12:00:00Z', '2031-06-15T12:00:00Z', '2031-06-16T12:00:00Z'),
  tags: fc.subarray(['home', 'work', 'garden']),
  category: fc.constantFrom(null, 'x', 'y'),
  is_completed: fc.boolean(),
})

const sorts = ['created_at', 'updated_at', 'due_date', 'priority', 'title'] as const
const ranks: Record<string, number> = { low: 1, medium: 2, high: 3 }
const { compare } = new Intl.Collator('en')

/** The documented order, implemented separately: tasks without a date last, ties broken by id. */
const inOrder = (tasks: Task[], field: (typeof sorts)[number], isDescending: boolean) => {
  const sign = isDescending ? -1 : 1
  return tasks.toSorted((a, b) => {
    const [x, y] = [a[field], b[field]]
    if (x !== y && (x === null || y === null)) return x === null ? 1 : -1
    const byField =
      field === 'priority'
        ? ranks[x!]! - ranks[y!]!
        : field === 'title'
          ? compare(x!, y!)
          : Date.parse(x ?? now) - Date.parse(y ?? now)
    return sign * (byField || (a.id < b.id ? -1 : 1))
  })
}

test('in every order, pages of any size hold each task once, whatever is added meanwhile', async (t) => {
  const clock = fakeClock(now)
  const { signup } = await startChatApi(t, { clock }, { API_REQUESTS_PER_MINUTE: '0' })
  await fc.assert(
    fc.asyncProperty(
      fc.array(aTask, { minLength: 1, maxLength: 12 }),
      fc.constantFrom(...sorts),
      fc.boolean(),
      fc.integer({ min: 1, max: 5 }),
      async (wanted, field, isDescending, limit) => {
        const person = await signup()
        const made: Task[] = []
        for (const { is_completed, ...task } of wanted) {
          made.push((await person.post('/api/v1/tasks', task)).body)
          clock.advance({ milliseconds: task.title === 'a' ? 0 : 1 })
          if (is_completed) made.push((await person.post(`/api/v1/tasks/${made.pop()!.id}/complete`)).body)
        }
        const sort = `${isDescending ? '-' : ''}${field}`
        let added = 0
        const seen = await readAll(person, `sort=${sort}&limit=${limit}`, async () => {
          if (added++ < 5) await person.post('/api/v1/tasks', { title: 'b', category: 'new' })
        })
        const known = seen.filter(({ category }) => category !== 'new')
        assert.deepEqual(
          known.map(({ id }) => id),
          inOrder(made, field, isDescending).map(({ id }) => id),
        )
        assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length)
      },
    ),
    { numRuns: 25 },
  )
})

const aFilter = fc.record(
  {
    state: fc.constantFrom('open', 'completed', 'all'),
    is_completed: fc.boolean(),
    due_after: fc.constantFrom('2031-06-14T12:00:00Z', '2031-06-15T14:00:00+02:00'),
    due_before: fc.constantFrom('2031-06-15T12:00:00Z', '2031-06-17T00:00:00Z'),
    overdue: fc.boolean(),
    tag: fc.subarray(['home', 'work'], { minLength: 1 }),
    category: fc.constantFrom('x', 'y'),
    priority: fc.constantFrom('low', 'medium', 'high'),
  },
  { requiredKeys: [] },
)

test('a list holds exactly the tasks that match its filters', async (t) => {
  const { signup } = await startChatApi(t, { clock: fakeClock(now) }, { API_REQUESTS_PER_MINUTE: '0' })
  const [person, other] = [await signup(), await signup()]
  const made: Task[] = []
  for (const { is_completed, ...task } of fc.sample(aTask, { numRuns: 60, seed: 7 })) {
    const { id } = (await person.post('/api/v1/tasks', task)).body
    made.push(
      (await person[is_completed ? 'post' : 'get'](`/api/v1/tasks/${id}${is_completed ? '/complete' : ''}`)).body,
    )
    await other.post('/api/v1/tasks', task)
  }
  await fc.assert(
    fc.asyncProperty(aFilter, fc.constantFrom('-created_at', 'due_date'), async (filter, sort) => {
      const query = new URLSearchParams({ sort, limit: '7' })
      for (const [name, value] of Object.entries(filter))
        for (const each of [value].flat()) query.append(name, String(each))
      const isOverdue = (task: Task) => !task.is_completed && task.due_date !== null && task.due_date < now
      const wanted = made.filter(
        (task) =>
          (filter.state === undefined ||
            filter.state === 'all' ||
            task.is_completed === (filter.state === 'completed')) &&
          (filter.is_completed === undefined || task.is_completed === filter.is_completed) &&
          (filter.due_after === undefined || Date.parse(task.due_date ?? '') >= Date.parse(filter.due_after)) &&
          (filter.due_before === undefined || Date.parse(task.due_date ?? '') < Date.parse(filter.due_before)) &&
          (filter.overdue === undefined || isOverdue(task) === filter.overdue) &&
          (filter.tag ?? []).every((tag) => task.tags.includes(tag)) &&
          (filter.category === undefined || task.category === filter.category) &&
          (filter.priority === undefined || task.priority === filter.priority),
      )
      const seen = await readAll(person, String(query))
      assert.deepEqual(seen.map(({ id }) => id).toSorted(), wanted.map(({ id }) => id).toSorted())
    }),
    { numRuns: 60 },
  )
})

test('a task removed between two pages does not affect the others', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  const ids: string[] = []
  for (const title of ['a', 'b', 'c', 'd', 'e']) ids.push((await ada.post('/api/v1/tasks', { title })).body.id)
  // The one that the cursor names.
  const left = [ids[1]!, ids[3]!]
  const seen = await readAll(ada, 'sort=title&limit=2', () => ada.delete(`/api/v1/tasks/${left.shift()}`))
  assert.deepEqual(titles(seen), ['a', 'b', 'c', 'd', 'e'])
})

test('a long title fits into a cursor', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  for (const end of ['a', 'b']) await ada.post('/api/v1/tasks', { title: `${'漢'.repeat(499)}${end}` })
  assert.equal((await readAll(ada, 'sort=title&limit=1')).length, 2)
})

test('invalid list parameters are rejected with the field named', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  for (const title of ['a', 'b']) await ada.post('/api/v1/tasks', { title })
  const { next_cursor } = (await ada.get('/api/v1/tasks?limit=1')).body
  const forged = (key: string) => {
    const [mark, , id] = JSON.parse(Buffer.from(next_cursor, 'base64url').toString())
    return Buffer.from(JSON.stringify([mark, key, id])).toString('base64url')
  }
  for (const [query, path] of [
    ['state=done', 'state'],
    ['sort=color', 'sort'],
    ['sort=--title', 'sort'],
    ['overdue=maybe', 'overdue'],
    ['due_after=tomorrow', 'due_after'],
    ['due_before=2031-06-15T12:00:00', 'due_before'],
    ['tag=', 'tag'],
    ['priority=urgent', 'priority'],
    ['colour=red', 'colour'],
    ['cursor=nonsense', 'cursor'],
    [`cursor=${forged('x')}`, 'cursor'],
    [`cursor=${forged('0000-01-01T00:00:00Z')}`, 'cursor'],
    // A cursor of another list.
    [`cursor=${next_cursor}&sort=title`, 'cursor'],
    [`cursor=${next_cursor}&state=open`, 'cursor'],
  ] as const) {
    const { status, body } = await ada.get(`/api/v1/tasks?${query}`)
    assert.deepEqual([query, status, body.errors?.[0]?.path], [query, 422, path])
  }
  assert.equal((await ada.get(`/api/v1/recurring-tasks?cursor=${next_cursor}`)).status, 422)
  assert.equal((await ada.get(`/api/v1/tasks?limit=1&cursor=${next_cursor}`)).status, 200)
})

test('tags and categories are listed with their open tasks, in pages, per user', async (t) => {
  const { signup } = await startChatApi(t)
  const [ada, eve] = [await signup(), await signup()]
  await ada.post('/api/v1/tasks', { title: 'a', tags: ['home', 'garden'], category: 'private' })
  const { body: done } = await ada.post('/api/v1/tasks', { title: 'b', tags: ['home', 'work'], category: 'job' })
  const { body: gone } = await ada.post('/api/v1/tasks', { title: 'c', tags: ['gone'] })
  await ada.post(`/api/v1/tasks/${done.id}/complete`)
  await ada.delete(`/api/v1/tasks/${gone.id}`)
  const first = (await ada.get('/api/v1/tags?limit=2')).body
  assert.deepEqual(first.data, [
    { name: 'garden', open_tasks: 1 },
    { name: 'home', open_tasks: 1 },
  ])
  const second = (await ada.get(`/api/v1/tags?limit=2&cursor=${first.next_cursor}`)).body
  assert.deepEqual(second, { data: [{ name: 'work', open_tasks: 0 }], next_cursor: null })
  assert.deepEqual((await ada.get('/api/v1/categories')).body, {
    data: [
      { name: 'job', open_tasks: 0 },
      { name: 'private', open_tasks: 1 },
    ],
    next_cursor: null,
  })
  assert.equal((await ada.get(`/api/v1/categories?cursor=${first.next_cursor}`)).status, 422)
  assert.deepEqual((await eve.get('/api/v1/tags')).body.data, [])
})

test('renaming a tag changes all own tasks and series, with one event each, and no one else’s', async (t) => {
  const { service, signup } = await startChatApi(t)
  const [ada, eve] = [await signup(), await signup()]
  const { body: both } = await ada.post('/api/v1/tasks', { title: 'a', tags: ['hoem', 'home', 'x'] })
  const { body: one } = await ada.post('/api/v1/tasks', { title: 'b', tags: ['hoem'], recurrence_rule: 'daily' })
  const { body: hers } = await eve.post('/api/v1/tasks', { title: 'c', tags: ['hoem'] })
  const before = (await service.outbox('tasks')).length
  const renamed = await ada.patch('/api/v1/tags/hoem', { name: 'home' })
  assert.deepEqual([renamed.status, renamed.body], [200, { name: 'home', changed_tasks: 2 }])
  const tagsOf = async (id: string) => (await ada.get(`/api/v1/tasks/${id}`)).body.tags
  assert.deepEqual([await tagsOf(both.id), await tagsOf(one.id)], [['home', 'x'], ['home']])
  assert.deepEqual((await eve.get(`/api/v1/tasks/${hers.id}`)).body.tags, ['hoem'])
  assert.deepEqual((await ada.get(`/api/v1/recurring-tasks/${one.series_id}`)).body.tags, ['home'])
  assert.deepEqual(
    (await service.outbox('tasks')).slice(before).map(({ event }) => event.type),
    ['recurring_task.changed', 'task.updated', 'task.updated'],
  )
  for (const answer of [
    await ada.patch('/api/v1/tags/hoem', { name: 'x' }),
    await ada.delete('/api/v1/tags/hoem'),
    await ada.delete('/api/v1/tags/%00'),
  ])
    assert.equal(answer.status, 404)
  assert.equal((await ada.patch('/api/v1/tags/home', { name: '' })).body.errors[0].path, 'name')
})

test('a category can be renamed and removed; its tasks stay', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  const { body: task } = await ada.post('/api/v1/tasks', { title: 'a', category: 'a/b c' })
  assert.equal((await ada.patch(`/api/v1/categories/${encodeURIComponent('a/b c')}`, { name: 'd' })).status, 200)
  assert.equal((await ada.delete('/api/v1/categories/d')).status, 204)
  const { body: after } = await ada.get(`/api/v1/tasks/${task.id}`)
  assert.deepEqual([after.category, after.version], [null, 3])
  assert.deepEqual((await service.outbox('tasks')).at(-1)?.event.data.changed, { category: ['d', null] })
})

test('more than a thousand tasks are not renamed at once', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  await service.database.pool.query(
    `INSERT INTO tasks.tasks (id, user_id, title, description, priority, time_zone, is_completed, recurrence_interval,
       recurrence_mode, recurrence_anchor, recurrence_catch_up, tags, version, created_at, updated_at)
     SELECT gen_random_uuid(), $1, 'a', '', 'low', 'UTC', false, 1, 'on_completion', 'due_date', 'skip', '{home}', 1, now(), now()
     FROM generate_series(1, 1001)`,
    [ada.id],
  )
  const { status, body } = await ada.patch('/api/v1/tags/home', { name: 'x' })
  assert.deepEqual([status, body.errors[0].path], [422, 'name'])
})
