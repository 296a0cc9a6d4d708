import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { Task } from '../src/api/openapi.d.ts'
import { groupTasks } from '../src/tasks/group-tasks.ts'
import { isFiltered, matchesFilter, readFilter } from '../src/tasks/task-filter.ts'
import { taskStore } from '../src/tasks/task-store.ts'

const task = (fields: Partial<Task> = {}): Task => ({
  id: 'a',
  user_id: 'u',
  title: 'A',
  description: '',
  priority: 'medium',
  due_date: null,
  due_on: null,
  reminder_time: '09:00',
  time_zone: 'UTC',
  is_completed: false,
  completed_at: null,
  recurrence_rule: null,
  recurrence_interval: 1,
  recurrence_mode: 'on_completion',
  recurrence_anchor: 'due_date',
  recurrence_catch_up: 'skip',
  series_id: null,
  occurrence: null,
  tags: [],
  category: null,
  reminders: [],
  version: 1,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  ...fields,
})
const titles = () => taskStore.all().map(({ title }) => title)

beforeEach(() => taskStore.clear())

test('late and repeated events restore no old state, not even of a deleted task', () => {
  taskStore.apply([task({ title: 'new', version: 3 })])
  taskStore.apply([task({ title: 'old', version: 2 })])
  assert.deepEqual(titles(), ['new'])
  taskStore.remove('a', 4)
  taskStore.apply([task({ title: 'new', version: 3 })])
  assert.deepEqual(titles(), [])
  taskStore.apply([task({ title: 'restored', version: 5 })])
  taskStore.remove('a', 4)
  assert.deepEqual(titles(), ['restored'])
})

test('a local change shows at once, over incoming events, until its request is answered', () => {
  taskStore.apply([task()])
  const uncover = taskStore.overlay(['a'], { title: 'mine' })
  const hide = taskStore.overlay(['a'], { is_hidden: true })
  assert.deepEqual(titles(), [])
  hide()
  taskStore.apply([task({ title: 'theirs', version: 2 })])
  assert.deepEqual(titles(), ['mine'])
  uncover()
  assert.deepEqual(titles(), ['theirs'])
})

test('a reload drops deleted tasks and keeps what arrived while it ran', () => {
  taskStore.apply([task(), task({ id: 'b', title: 'B' }), task({ id: 'c', title: 'C', is_completed: true })])
  const finish = taskStore.beginReload()
  taskStore.apply([task()])
  taskStore.apply([task({ id: 'd', title: 'D' })])
  finish()
  assert.deepEqual(titles().toSorted(), ['A', 'C', 'D'])
})

test('the list keeps its identity until something changes, then notifies once', async () => {
  taskStore.apply([task()])
  const before = taskStore.all()
  assert.equal(taskStore.all(), before)
  let notifications = 0
  const stop = taskStore.watch(() => notifications++)
  taskStore.apply([task({ version: 2 })])
  taskStore.apply([task({ version: 3 })])
  await Promise.resolve()
  stop()
  assert.equal(notifications, 1)
  assert.notEqual(taskStore.all(), before)
})

test("groups follow the user's day, each in the order of work", () => {
  const now = Date.parse('2026-11-21T22:00:00Z')
  const due = (id: string, due_date: string | null, more: Partial<Task> = {}) => task({ id, due_date, ...more })
  const groups = groupTasks(
    [
      due('late', '2026-11-21T21:59:00Z'),
      due('tonight', '2026-11-21T22:30:00Z'),
      due('tomorrow in Berlin', '2026-11-21T23:30:00Z'),
      due('low', null, { priority: 'low' }),
      due('high', null, { priority: 'high' }),
      due('done', null, { is_completed: true, completed_at: '2026-11-21T10:00:00Z' }),
    ],
    'Europe/Berlin',
    now,
  )
  assert.deepEqual(
    Object.entries(groups).map(([name, tasks]) => [name, ...tasks.map(({ id }) => id)]),
    [
      ['overdue', 'late'],
      ['today', 'tonight'],
      ['upcoming', 'tomorrow in Berlin'],
      ['none', 'high', 'low'],
      ['done', 'done'],
    ],
  )
})

test('the URL selects what is shown; unknown parameters are ignored', () => {
  const filter = readFilter({ q: '', tag: ['home', 7, 'work'], priority: 'urgent', category: 'x', group: 'today' })
  assert.deepEqual(filter, { tag: ['home', 'work'], category: 'x', group: 'today' })
  assert.ok(isFiltered(filter))
  assert.ok(!isFiltered(readFilter({ task: 'a', q: 'words' })))
  assert.ok(matchesFilter({ tag: ['home'] })(task({ tags: ['home', 'more'] })))
  assert.ok(!matchesFilter({ tag: ['home', 'work'] })(task({ tags: ['home'] })))
})
